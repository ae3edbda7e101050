/**
 * The optimizers' steps on the flat parameter array w, given its gradient g, by Keras 3's formulas.
 * The rate passed to Adam includes the bias correction (see ../optimizers/adam.ts).
 */
import type { FloatArray, Tensor } from '../tensor.js';
import { dense, requireSameShape } from '../shapes.js';

const { sqrt } = Math;

/** v = momentum v - rate g;  w += v. (Polyak 1964, in the form of Sutskever et al. 2013, equation 1.) */
export function sgd<A extends FloatArray>(
  w: Tensor<A>,
  g: Tensor<A>,
  v: Tensor<A>,
  rate: number,
  momentum: number,
) {
  requireSameShape('sgd', w, g);
  requireSameShape('sgd', w, v);
  const [W, G, V] = [dense(w), dense(g), dense(v)];
  for (let n = 0; n < W.length; n++) {
    V[n] = momentum * V[n]! - rate * G[n]!;
    W[n]! += V[n]!;
  }
}

/** s = rho s + (1-rho) g²;  w -= rate g / √(s + epsilon). (Tieleman and Hinton 2012, lecture 6e.) */
export function rmsprop<A extends FloatArray>(
  w: Tensor<A>,
  g: Tensor<A>,
  s: Tensor<A>,
  rate: number,
  rho: number,
  epsilon: number,
): void {
  requireSameShape('rmsprop', w, g);
  requireSameShape('rmsprop', w, s);
  const [W, G, S] = [dense(w), dense(g), dense(s)];
  for (let n = 0; n < W.length; n++) {
    const gn = G[n]!;
    S[n] = rho * S[n]! + (1 - rho) * gn * gn;
    W[n]! -= (rate * gn) / sqrt(S[n]! + epsilon);
  }
}

/**
 * m = b1 m + (1-b1) g;  v = b2 v + (1-b2) g²;  w -= rate m / (√v + epsilon). (Kingma and Ba 2015, section 2.)
 */
export function adam<A extends FloatArray>(
  w: Tensor<A>,
  g: Tensor<A>,
  m: Tensor<A>,
  v: Tensor<A>,
  rate: number,
  beta1: number,
  beta2: number,
  epsilon: number,
): void {
  for (const t of [g, m, v]) requireSameShape('adam', w, t);
  const [W, G, M, V] = [dense(w), dense(g), dense(m), dense(v)];
  for (let n = 0; n < W.length; n++) {
    const gn = G[n]!;
    M[n] = beta1 * M[n]! + (1 - beta1) * gn;
    V[n] = beta2 * V[n]! + (1 - beta2) * gn * gn;
    W[n]! -= (rate * M[n]!) / (sqrt(V[n]!) + epsilon);
  }
}
