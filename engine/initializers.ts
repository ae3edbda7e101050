/** Initial weights, by Keras's formulas. Each initializer fills a dense tensor from a random stream. */
import { requireNumber, show } from './checks.js';
import type { Kernels } from './kernels.js';
import { drawByGramSchmidt } from './orthonormal/gramSchmidt.js';
import { drawByReflections } from './orthonormal/reflections.js';
import { isRandom, type Random } from './random.js';
import { dense } from './shapes.js';
import { requireTensor, transpose, type Tensor } from './tensor.js';

const { sqrt } = Math;

/** Fills a new parameter: a dense tensor, made by the kernels `k`. */
export type Initializer = (t: Tensor, random: Random, k: Kernels) => void;

/** 0 everywhere. */
export const zeros: Initializer = (t) => {
  requireTensor('zeros', t);
  dense(t).fill(0);
};

/**
 * Uniform in [-limit, limit). The limit is 0.05 by default, as in Keras.
 * @throws RangeError unless the limit is a number of at least 0
 */
export function uniform(limit = 0.05): (t: Tensor, random: Random) => void {
  requireNumber('uniform: limit', limit, { least: 0 });
  return (t, random) => {
    requireDrawn('uniform', t, random);
    const values = dense(t);
    for (let n = 0; n < values.length; n++) values[n] = limit * (2 * random.uniform() - 1);
  };
}

/**
 * Normal with mean 0. The standard deviation is 0.05 by default, as in Keras.
 * @throws RangeError unless the deviation is a number of at least 0
 */
export function normal(deviation = 0.05): (t: Tensor, random: Random) => void {
  requireNumber('normal: deviation', deviation, { least: 0 });
  return (t, random) => {
    requireDrawn('normal', t, random);
    const values = dense(t);
    for (let n = 0; n < values.length; n++) values[n] = deviation * random.normal();
  };
}

/** Uniform with limit √(6 / (rows + columns)). (Glorot and Bengio 2010, equation 16.) */
export const glorotUniform = (t: Tensor, random: Random): void => {
  requireDrawn('glorotUniform', t, random);
  const [R, C] = requireMatrix('glorotUniform', t);
  uniform(sqrt(6 / (R + C)))(t, random);
};

/**
 * A vector of equal blocks, each filled with one value: `blocks(0, 1, 0, 0)` sets a forget bias of 1.
 * @throws RangeError when a value is no number, or there are none
 */
export function blocks(...values: number[]): Initializer {
  if (values.length === 0) throw new RangeError('blocks needs a value for each block');
  values.forEach((value, n) => requireNumber(`blocks: value ${n + 1}`, value));
  return (t) => {
    requireTensor('blocks', t);
    const entries = dense(t);
    const width = entries.length / values.length;
    if (!Number.isInteger(width))
      throw new RangeError(`blocks: ${entries.length} entries are not ${values.length} equal blocks`);
    values.forEach((value, block) => entries.fill(value, block * width, (block + 1) * width));
  };
}

/** Up to this many rows, Gram-Schmidt in float64 takes milliseconds, and no rounding of a product shows. */
const FEW = 128;

/**
 * A random matrix with orthonormal rows (or columns, whichever are fewer), all orientations equally likely
 * (Saxe, McClelland and Ganguli 2014). Up to 128 of them are the same numbers with all kernels; more are the
 * same up to rounding, because the kernels' matrix product computes them.
 */
export const orthogonal: Initializer = (t, random, k) => {
  requireDrawn('orthogonal', t, random);
  dense(t).fill(0);
  const [R, C] = requireMatrix('orthogonal', t);
  const q = R <= C ? t : transpose(t);
  if (q.shape[0]! <= FEW) drawByGramSchmidt(q, random);
  else drawByReflections(q, random, k);
};

/** @throws TypeError unless there is a tensor to fill, and what draws numbers */
function requireDrawn(initializer: string, t: Tensor, random: Random): void {
  requireTensor(initializer, t);
  if (!isRandom(random))
    throw new TypeError(`${initializer}: random must be that of createRandom(), not ${show(random)}`);
}

/** @returns its numbers of rows and columns */
function requireMatrix(initializer: string, { shape }: Tensor): readonly [rows: number, columns: number] {
  if (shape.length === 2) return [shape[0]!, shape[1]!];
  throw new RangeError(`${initializer} fills a matrix, not a tensor of shape [${shape.join(', ')}]`);
}
