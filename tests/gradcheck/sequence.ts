/**
 * Random data for the whole sequence, of which windows are parts: input, labels, mask, weights, and
 * dLoss/dinput.
 */
import {
  normal,
  rows,
  sizeOf,
  tensor,
  type Graph,
  type Indices,
  type Random,
  type Tensor,
} from '../../models/index.js';
import ndarray from 'ndarray';
import type { Configuration } from './configuration.js';

export interface Sequence {
  /** [total·B, D], or symbols [total·B, columns]. */
  readonly x: Tensor | Indices;
  /** The sum of the windows' input gradients; null for symbols. */
  readonly dX: Tensor | null;
  /** Writes the steps of a window into the buffers of a graph. */
  write(graph: Graph, firstStep: number): void;
  /** Adds the graph's input gradient to the steps of its window; steps shared by two windows receive both. */
  accumulateInputGradient(graph: Graph, firstStep: number): void;
}

export function createSequence(
  { size: { B, D, N }, oneHot, columns, loss, real, weights }: Configuration,
  total: number,
  random: Random,
): Sequence {
  const x = oneHot ? wholeNumbers(random, D, total * B, columns) : randomTensor(random, total * B, D);
  const dX = oneHot ? null : tensor(new Float64Array(total * B * D), total * B, D);
  const labels =
    loss === 'softmaxCrossEntropy' ? wholeNumbers(random, N, total * B) : randomTensor(random, total * B, N);
  // Targets of the binary cross-entropy are probabilities.
  if (loss === 'binaryCrossEntropy') labels.data.forEach((y, n) => (labels.data[n] = 1 / (1 + Math.exp(-y))));
  const mask = Float64Array.from({ length: total * B }, (_, n) =>
    real?.(Math.floor(n / B), n % B) === false ? 0 : 1,
  );
  const w = Float64Array.from({ length: total * B }, (_, n) =>
    weights && n % 4 === 1 ? 0 : 0.5 + random.uniform(),
  );

  return {
    x,
    dX,
    write(graph, firstStep) {
      const [from, to] = [firstStep * B, (firstStep + graph.steps) * B];
      // The loss has rows for every step or only for the last; either way they end where the window ends.
      const firstLoss = to - graph.output.shape[0]!;
      graph.input.data.set(rows(x as Tensor, from, to).data);
      graph.labels?.data.set(rows(labels as Tensor, firstLoss, to).data);
      graph.mask?.data.set(mask.subarray(from, to));
      graph.weights?.data.set(w.subarray(firstLoss, to));
    },
    accumulateInputGradient({ inputGradient }, firstStep) {
      inputGradient?.data.forEach((g, n) => (dX!.data[firstStep * B * D + n]! += g));
    },
  };
}

function randomTensor(random: Random, ...shape: [number, number]): Tensor {
  const t = tensor(new Float64Array(shape[0] * shape[1]), ...shape);
  normal(1)(t, random);
  return t;
}

function wholeNumbers(random: Random, below: number, ...shape: number[]): Indices {
  const length = sizeOf(shape);
  return ndarray(
    Int32Array.from({ length }, () => random.integer(below)),
    shape,
  );
}
