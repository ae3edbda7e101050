/** Small models and inputs shared by the tests of models/. */
import { cells, type Cell } from '../../cells/index.js';
import { createRandom, type Kernels, type Tensor } from '../../engine/index.js';
import { createModel, dense, features, recurrent, type Graph, type Model } from '../../models/index.js';
import { allKernels, type KernelsUnderTest } from '../kernels.js';
import { entries, randomize } from '../tensors.js';

/** B examples (enough for two threads), D features, H units, V outputs: small and all different. */
export const [B, D, H, V] = [5, 3, 4, 6];

export const allCells: readonly Cell[] = Object.values<Cell>(cells);

export interface CellOnKernels extends KernelsUnderTest {
  readonly cell: Cell;
  readonly title: string;
}

/** Every cell on every kernels. */
export const cellsOnKernels: readonly CellOnKernels[] = allCells.flatMap((cell) =>
  allKernels.map((subject) => ({ ...subject, cell, title: `${cell.name} on ${subject.name}` })),
);

/** Every cell and all kernels, but not every combination: for slow tests. */
export const somePairs: readonly CellOnKernels[] = cellsOnKernels.filter(
  (_, n) => (n % allKernels.length) % allCells.length === Math.floor(n / allKernels.length),
);

export interface ToyOptions {
  /** Number of stacked recurrent layers. Default 1. */
  layers?: number;
  /** Whether the last of them returns all states. Default true. */
  returnSequences?: boolean;
}

/**
 * Real-valued input, recurrent layers, a dense layer; all weights and biases are random, so each one matters.
 */
export function toyModel(k: Kernels, cell: Cell, options: ToyOptions = {}): Model {
  const { layers = 1, returnSequences = true } = options;
  const model = createModel({
    kernels: k,
    input: features(D),
    layers: [
      ...Array.from({ length: layers }, (_, n) =>
        recurrent(cell, { units: H, returnSequences: n < layers - 1 || returnSequences }),
      ),
      dense(V),
    ],
  });
  randomize(model.parameters.values, createRandom(21));
  k.scale(model.parameters.values, 0.5);
  return model;
}

/** Rows `from` to `to` of an endless random input sequence, as numbers; the same on every call. */
export function inputRows(from: number, to: number, width = D, seed = 22): number[] {
  const random = createRandom(seed);
  return Array.from({ length: to * width }, () => random.normal()).slice(from * width);
}

/**
 * Writes time steps `from` .. `from + graph.steps` of the random sequence, and varying labels, into a graph.
 */
export function feed(graph: Graph, from = 0): void {
  graph.input.data.set(inputRows(from * graph.batch, (from + graph.steps) * graph.batch));
  graph.labels?.data.forEach((_, n, data) => (data[n] = (n + from * graph.batch) % V));
}

/** The gradients of a graph's model after one forward and backward pass. */
export function gradientsOf(graph: Graph): number[] {
  const { kernels: k, parameters } = graph.model;
  k.fill(parameters.gradients, 0);
  graph.forward();
  graph.backward();
  return entries(parameters.gradients);
}

/** The final states of the first layer, concatenated. */
export function finalStates(graph: Graph): number[] {
  return Object.values(Object.values(graph.states)[0]!).flatMap(({ final }) => entries(final));
}

/** Whether two tensors are the same memory. */
export function sameMemory(a: Tensor, b: Tensor): boolean {
  const place = ({ data, offset }: Tensor) => data.byteOffset + offset * data.BYTES_PER_ELEMENT;
  return a.data.buffer === b.data.buffer && place(a) === place(b) && a.size === b.size;
}
