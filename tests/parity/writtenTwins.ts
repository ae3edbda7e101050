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

/** LN(v; α, β) of Ba et al. 2016, supplement, equation 16, with ε under the root. */
function normalized(v: tf.Tensor, alpha: tf.Tensor, beta: tf.Tensor | number): tf.Tensor {
  const { mean, variance } = tf.moments(v, -1, true);
  return add(mul(alpha, tf.div(sub(v, mean), tf.sqrt(add(variance, 1e-3)))), beta);
}

/** Equations 20 to 22 of the supplement; β1, β2 and b are only one. */
const lstmLayerNorm: WrittenStep = ([U, W, gU, bU, gW, gC, bC], x, [hPrev, cPrev]) => {
  const a = add(normalized(product(hPrev!, W!), gW!, 0), normalized(product(x, U!), gU!, bU!));
  const [i, f, g, o] = split(a, 4);
  const c = add(mul(sigmoid(f!), cPrev!), mul(sigmoid(i!), tanh(g!)));
  return [mul(sigmoid(o!), tanh(normalized(c, gC!, bC!))), c];
};

/** Equations 23 to 25 of the supplement, where z is our 1-z: W and U of the gates and of the candidate are apart. */
const gruLayerNorm: WrittenStep = ([U, W, gU, bU, gW, bW], x, [hPrev]) => {
  const H = hPrev!.shape[1]!;
  const gates = (t: tf.Tensor) =>
    tf.slice(t, t.rank === 2 ? [0, 0] : [0], t.rank === 2 ? [-1, 2 * H] : [2 * H]);
  const candidate = (t: tf.Tensor) => split(t, 3)[2]!;
  const part = (of: typeof gates) => [
    normalized(product(hPrev!, of(W!)), of(gW!), of(bW!)),
    normalized(product(x, of(U!)), of(gU!), of(bU!)),
  ];
  const [z, r] = split(add(...(part(gates) as [tf.Tensor, tf.Tensor])), 2).map((t) => sigmoid(t));
  const [s, p] = part(candidate);
  return [add(mul(z!, hPrev!), mul(sub(1, z!), tanh(add(p!, mul(r!, s!)))))];
};

export const writtenSteps = { gruResetAfter, lstmPeephole, lstmCoupled, lstmLayerNorm, gruLayerNorm };

export type WrittenCell = keyof typeof writtenSteps;
