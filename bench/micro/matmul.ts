/** The matrix product at sizes from the chapter's models, compared with the FMA peaks. */
import * as tf from '@tensorflow/tfjs-core';
import type { Comparison } from '../comparison.js';
import type { KernelSet } from '../kernelSets.js';
import type { Peaks } from '../peak/index.js';
import type { Competitor } from '../measure.js';
import type { Backend } from '../tfjs.js';
import { randomTensor } from './random.js';

/** out [M,N] = a [M,K] b [K,N]. */
export interface Shape {
  readonly M: number;
  readonly N: number;
  readonly K: number;
}

export const SHAPES: readonly Shape[] = [
  { M: 128, N: 128, K: 128 },
  { M: 96, N: 384, K: 96 },
  { M: 32, N: 256, K: 64 },
  { M: 96, N: 40, K: 10 },
  { M: 512, N: 2048, K: 512 },
];

export const nameOf = ({ M, N, K }: Shape) => `${M}x${N}x${K}`;

export function matmulComparison(
  shape: Shape,
  sets: readonly KernelSet[],
  backends: readonly Backend[],
  peaks: Peaks,
): Comparison {
  // One multiplication and one addition per M·N·K.
  const flops = 2 * shape.M * shape.N * shape.K;
  return {
    title: `Matrix product MxNxK = ${nameOf(shape)}`,
    competitors: [
      ...sets.map((set) => ours(shape, set)),
      ...backends.map((backend) => theirs(shape, backend)),
      ...peaks(flops),
    ],
    flops,
  };
}

function ours({ M, N, K }: Shape, { id, name, kernels: k }: KernelSet): Competitor {
  const [out, a, b] = [k.zeros(M, N), randomTensor(k, M, K), randomTensor(k, K, N)];
  return { id, name, run: () => k.matmul(out, a, b) };
}

/** tfjs allocates a new result each time, which is disposed of at once. */
function theirs({ M, N, K }: Shape, { id, name, use }: Backend): Competitor {
  const a = tf.randomUniform<tf.Rank.R2>([M, K], -1, 1);
  const b = tf.randomUniform<tf.Rank.R2>([K, N], -1, 1);
  return { id, name, prepare: use, run: () => tf.matMul(a, b).dispose() };
}
