/** The compared networks: recurrent layers of one cell and a dense layer, small and random. */
import { dense as entries } from '../../engine/shapes.js';
import {
  cells,
  createModel,
  createRandom,
  dense,
  features,
  recurrent,
  unroll,
  type Graph,
  type Kernels,
  type Random,
  type Tensor,
} from '../../models/index.js';
import type { TwinCell } from './recurrentTwins.js';

export const [BATCH, STEPS, INPUTS, CLASSES] = [3, 6, 4, 5];

export interface Network {
  readonly cell: TwinCell;
  /** The width of each recurrent layer. */
  readonly units: readonly number[];
  /** Whether there is an output at every step, or only after the last. */
  readonly returnSequences: boolean;
}

/**
 * The unrolled network with a cross-entropy loss, and random parameters, input, initial states and labels.
 */
export function createGraph(kernels: Kernels, network: Network): Graph {
  const { cell, units, returnSequences } = network;
  const model = createModel({
    kernels,
    input: features(INPUTS),
    layers: [
      ...units.map((H, n) =>
        recurrent(cells[cell], { units: H, returnSequences: returnSequences || n < units.length - 1 }),
      ),
      dense(CLASSES),
    ],
  });
  const graph = unroll(model, {
    batch: BATCH,
    steps: STEPS,
    loss: 'softmaxCrossEntropy',
    inputGradient: true,
    initialStateGradient: true,
  });

  const random = createRandom(1);
  // Biases too: swapping two that are 0 would go unnoticed.
  draw(model.parameters.values, random, 0.6);
  draw(graph.input as Tensor, random, 1);
  for (const layer of Object.values(graph.states)) {
    for (const state of Object.values(layer)) draw(state.initial, random, 1);
  }
  const labels = graph.labels;
  for (let m = 0; m < labels.size; m++) labels.set(m, random.integer(CLASSES));
  return graph;
}

/** Numbers in [-limit, limit), exact in float32, so that all kernels get the same ones. */
export function draw(t: Tensor, random: Random, limit: number): void {
  const values = entries(t);
  for (let n = 0; n < values.length; n++) values[n] = Math.fround(limit * (2 * random.uniform() - 1));
}
