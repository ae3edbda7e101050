/** The matrix product alone, at sizes that occur in the chapter's models. */
import * as tf from '@tensorflow/tfjs-core';
import { createRandom, uniform, type Kernels, type Tensor } from '../../engine/index.js';
import type { Contest } from '../contest.js';
import type { KernelSet } from '../kernelSets.js';
import type { Competitor } from '../race.js';
import type { Backend } from '../tfjs.js';

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
  { M: 512, N: 2048, K: 512 },
];

export const nameOf = ({ M, N, K }: Shape) => `${M}x${N}x${K}`;

export function matmulContest(
  shape: Shape,
  sets: readonly KernelSet[],
  backends: readonly Backend[],
): Contest {
  return {
    title: `Matrix product MxNxK = ${nameOf(shape)}`,
    competitors: [
      ...sets.map((set) => ours(shape, set)),
      ...backends.map((backend) => theirs(shape, backend)),
    ],
    // A product and a sum for each of M·N·K.
    flops: 2 * shape.M * shape.N * shape.K,
  };
}

function ours({ M, N, K }: Shape, { id, name, kernels: k }: KernelSet): Competitor {
  const [out, a, b] = [k.zeros(M, N), randomMatrix(k, M, K), randomMatrix(k, K, N)];
  return { id, name, run: () => k.matmul(out, a, b) };
}

/** tfjs makes a new result each time; it is disposed of at once. */
function theirs({ M, N, K }: Shape, { id, name, use }: Backend): Competitor {
  const a = tf.randomUniform<tf.Rank.R2>([M, K], -1, 1);
  const b = tf.randomUniform<tf.Rank.R2>([K, N], -1, 1);
  return { id, name, prepare: use, run: () => tf.matMul(a, b).dispose() };
}

function randomMatrix(k: Kernels, rows: number, columns: number): Tensor {
  const matrix = k.zeros(rows, columns);
  uniform(1)(matrix, createRandom(1));
  return matrix;
}
