/** The adding problem: its examples, its network, its training. */
import * as nn from '../../models/index.js';
import type { Problem } from './problem.js';

const UNITS = 64;

/**
 * The mean squared error of always answering 1, the mean: the variance of a sum of two numbers from 0 to 1.
 */
export const BASELINE = 1 / 6;

/** A recurrent layer that reads the numbers, and a linear layer on its last state. */
export function addingModel(kernels: nn.Kernels, cell: nn.CellName, seed: number, units = UNITS): nn.Model {
  const layers = [nn.recurrent(nn.cells[cell], { units }), nn.dense(1)];
  return nn.createModel({ kernels, input: nn.features(2), layers, seed });
}

export interface AddingSettings {
  /** Numbers per sequence. */
  readonly steps: number;
  readonly seed: number;
  readonly rate?: number;
  /** The norm that the gradient is clipped to; null: not clipped. */
  readonly clip?: number | null;
}

export function addingProblem(model: nn.Model, settings: AddingSettings): Problem {
  const { steps, seed, rate = 2e-3, clip = 1 } = settings;
  return {
    trainer: nn.createTrainer(model, nn.adam({ rate }), clip === null ? null : nn.clipByGlobalNorm(clip)),
    ...{ batch: 50, unroll: { steps, loss: 'meanSquaredError' }, shuffle: null },
    ...{ unit: 'sequences', accuracy: null },
    training: sums(nn.createRandom(seed, 'training'), 20_000),
    validation: sums(nn.createRandom(seed, 'test'), 2000),
  };
}

/** Sequences and the sums of their two marked numbers, generated on demand. */
export function sums(random: nn.Random, count: number): nn.Examples {
  return {
    count,
    write({ input, labels, batch, steps }, row) {
      const half = Math.floor(steps / 2);
      const marked = [random.integer(half), half + random.integer(steps - half)];
      const numbers = Array.from({ length: steps }, () => random.uniform());
      numbers.forEach((x, t) => input.data.set([x, marked.includes(t) ? 1 : 0], 2 * (t * batch + row)));
      labels!.data[row] = numbers[marked[0]!]! + numbers[marked[1]!]!;
    },
  };
}
