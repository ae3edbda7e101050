/** Initial weights, by Keras's formulas. Each initializer fills a dense tensor from a random stream. */
import { dense } from './shapes.js';
import type { Random } from './random.js';
import type { Tensor } from './tensor.js';

const { sqrt } = Math;

/** Fills a new parameter. */
export type Initializer = (t: Tensor, random: Random) => void;

/** 0 everywhere. */
export const zeros: Initializer = (t) => void dense(t).fill(0);

/** Uniform in [-limit, limit). The limit is 0.05 by default, as in Keras. */
export function uniform(limit = 0.05): Initializer {
  return (t, random) => {
    const values = dense(t);
    for (let n = 0; n < values.length; n++) values[n] = limit * (2 * random.uniform() - 1);
  };
}

/** Normal with mean 0. The standard deviation is 0.05 by default, as in Keras. */
export function normal(deviation = 0.05): Initializer {
  return (t, random) => {
    const values = dense(t);
    for (let n = 0; n < values.length; n++) values[n] = deviation * random.normal();
  };
}

/** Uniform with limit √(6 / (rows + columns)). (Glorot and Bengio 2010, equation 16.) */
export const glorotUniform: Initializer = (t, random) => {
  uniform(sqrt(6 / (t.shape[0]! + t.shape[1]!)))(t, random);
};

/** A vector of equal blocks, each filled with one value: `blocks(0, 1, 0, 0)` sets a forget bias of 1. */
export function blocks(...values: number[]): Initializer {
  return (t) => {
    const entries = dense(t);
    const width = entries.length / values.length;
    values.forEach((value, block) => entries.fill(value, block * width, (block + 1) * width));
  };
}

/**
 * A random matrix with orthonormal rows (or columns, whichever are fewer), all orientations equally likely
 * (Saxe, McClelland and Ganguli 2014). Gram-Schmidt makes normal rows orthonormal; removing each projection
 * twice keeps them orthogonal to float64 precision (Giraud et al. 2005).
 */
export const orthogonal: Initializer = (t, random) => {
  const [R, C] = t.shape as [number, number];
  const count = Math.min(R, C);
  const length = Math.max(R, C);
  const basis: Float64Array[] = [];

  while (basis.length < count) {
    const v = Float64Array.from({ length }, () => random.normal());
    for (let pass = 0; pass < 2; pass++) for (const u of basis) addMultiple(v, u, -dot(u, v));
    const norm = sqrt(dot(v, v));
    for (let n = 0; n < length; n++) v[n]! /= norm;
    basis.push(v);
  }

  const values = dense(t);
  for (let r = 0; r < R; r++) {
    for (let c = 0; c < C; c++) values[r * C + c] = R <= C ? basis[r]![c]! : basis[c]![r]!;
  }
};

function dot(u: Float64Array, v: Float64Array): number {
  let sum = 0;
  for (let n = 0; n < u.length; n++) sum += u[n]! * v[n]!;
  return sum;
}

/** v += factor u */
function addMultiple(v: Float64Array, u: Float64Array, factor: number): void {
  for (let n = 0; n < v.length; n++) v[n]! += factor * u[n]!;
}
