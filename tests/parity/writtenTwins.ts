/**
 * Cells that tfjs lacks, written in its operations. Only the forward pass is needed, because tfjs
 * differentiates it. Weights are per gate, and the order of operations differs from ours where possible.
 */
import { tf } from './tfjs.js';

/** One step: maps x [B,D] and the previous states to the next ones, [B,H] each; the first is the output. */
export type WrittenStep = (
  weights: readonly tf.Tensor[],
  x: tf.Tensor2D,
  states: readonly tf.Tensor[],
) => tf.Tensor[];

const { add, mul, sub, sigmoid, tanh } = tf;
const product = (a: tf.Tensor, b: tf.Tensor) => tf.matMul(a, b);
/** Splits the last dimension into equal blocks, such as gates. */
const split = (t: tf.Tensor, count: number) => tf.split<tf.Tensor>(t, count, t.rank - 1);

/** Equations A1 to A4 of cells/gruResetAfter.ts. */
const gruResetAfter: WrittenStep = ([U, W, b, bW], x, [hPrev]) => {
  const [xz, xr, xn] = split(add(product(x, U!), b!), 3);
  const [sz, sr, sn] = split(add(product(hPrev!, W!), bW!), 3);
  const z = sigmoid(add(xz!, sz!));
  const r = sigmoid(add(xr!, sr!));
  const n = tanh(add(xn!, mul(r, sn!)));
  return [add(mul(z, hPrev!), mul(sub(1, z), n))];
};

/** Equations Q1 to Q5 of cells/lstmPeephole.ts, each peephole as the diagonal matrix of the paper. */
const lstmPeephole: WrittenStep = ([U, W, b, p], x, [hPrev, cPrev]) => {
  const [ai, af, ag, ao] = split(add(add(product(x, U!), product(hPrev!, W!)), b!), 4);
  const [Pi, Pf, Po] = split(p!, 3).map((row) => mul(tf.eye(row.size), row));
  const i = sigmoid(add(ai!, product(cPrev!, Pi!)));
  const f = sigmoid(add(af!, product(cPrev!, Pf!)));
  const c = add(mul(f, cPrev!), mul(i, tanh(ag!)));
  const o = sigmoid(add(ao!, product(c, Po!)));
  return [mul(o, tanh(c)), c];
};

/** Equations K1 to K4 of cells/lstmCoupled.ts. */
const lstmCoupled: WrittenStep = ([U, W, b], x, [hPrev, cPrev]) => {
  const [af, ag, ao] = split(add(add(product(x, U!), product(hPrev!, W!)), b!), 3);
  // 1 - σ(a) = σ(-a)
  const [f, i] = [sigmoid(af!), sigmoid(tf.neg(af!))];
  const c = add(mul(f, cPrev!), mul(i, tanh(ag!)));
  return [mul(sigmoid(ao!), tanh(c)), c];
};

export const writtenSteps = { gruResetAfter, lstmPeephole, lstmCoupled };

export type WrittenCell = keyof typeof writtenSteps;
