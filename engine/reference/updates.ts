/**
 * The optimizers' steps on the flat parameter array w, given its gradient g, by Keras 3's formulas.
 * The rate passed to Adam includes the bias correction (see ../optimizers/adam.ts); `inside` and `outside`
 * are the two places of epsilon (see ../optimizers/epsilon.ts).
 */
import { requireFlag } from '../checks.js';
import { requireTensor, type FloatArray, type Tensor } from '../tensor.js';
import { dense, requireConstant, requireSameShape } from '../shapes.js';

const { sqrt } = Math;

/** w -= fraction w. (Loshchilov and Hutter 2019: weight decay apart from the gradient.) */
export function decay<A extends FloatArray>(w: Tensor<A>, fraction: number): void {
  requireConstant('decay', 'fraction', fraction);
  requireTensor('decay', w);
  const W = dense(w);
  for (let n = 0; n < W.length; n++) W[n] = W[n]! - fraction * W[n]!;
}

/**
 * v = momentum v - rate g;  w += v. (Polyak 1964, in the form of Sutskever et al. 2013, equation 1.)
 * `nesterov`: w += momentum v - rate g, the step that the new v would take next. (Equation 3, at the point
 * ahead.)
 */
export function sgd<A extends FloatArray>(
  w: Tensor<A>,
  g: Tensor<A>,
  v: Tensor<A>,
  rate: number,
  momentum: number,
  nesterov = false,
): void {
  requireConstant('sgd', 'rate', rate);
  requireConstant('sgd', 'momentum', momentum);
  requireFlag('sgd: nesterov', nesterov);
  requireSameShape('sgd', w, g);
  requireSameShape('sgd', w, v);
  const [W, G, V] = [dense(w), dense(g), dense(v)];
  for (let n = 0; n < W.length; n++) {
    V[n] = momentum * V[n]! - rate * G[n]!;
    W[n]! += nesterov ? momentum * V[n]! - rate * G[n]! : V[n]!;
  }
}

/**
 * s = rho s + (1-rho) g²;  w -= rate g / (√(s + inside) + outside).
 * (Tieleman and Hinton 2012, lecture 6e.)
 */
export function rmsprop<A extends FloatArray>(
  w: Tensor<A>,
  g: Tensor<A>,
  s: Tensor<A>,
  rate: number,
  rho: number,
  inside: number,
  outside = 0,
): void {
  requireConstant('rmsprop', 'rate', rate);
  requireConstant('rmsprop', 'rho', rho);
  requireConstant('rmsprop', 'inside', inside);
  requireConstant('rmsprop', 'outside', outside);
  requireSameShape('rmsprop', w, g);
  requireSameShape('rmsprop', w, s);
  const [W, G, S] = [dense(w), dense(g), dense(s)];
  for (let n = 0; n < W.length; n++) {
    const gn = G[n]!;
    S[n] = rho * S[n]! + (1 - rho) * gn * gn;
    // Without a gradient w stays, even if the root is 0.
    if (gn !== 0) W[n]! -= (rate * gn) / (sqrt(S[n]! + inside) + outside);
  }
}

/**
 * s += g²;  w -= rate g / (√(s + inside) + outside).
 * (Duchi, Hazan and Singer 2011, figure 1, with the diagonal matrix.)
 */
export function adagrad<A extends FloatArray>(
  w: Tensor<A>,
  g: Tensor<A>,
  s: Tensor<A>,
  rate: number,
  inside: number,
  outside = 0,
): void {
  requireConstant('adagrad', 'rate', rate);
  requireConstant('adagrad', 'inside', inside);
  requireConstant('adagrad', 'outside', outside);
  requireSameShape('adagrad', w, g);
  requireSameShape('adagrad', w, s);
  const [W, G, S] = [dense(w), dense(g), dense(s)];
  for (let n = 0; n < W.length; n++) {
    const gn = G[n]!;
    S[n]! += gn * gn;
    if (gn !== 0) W[n]! -= (rate * gn) / (sqrt(S[n]! + inside) + outside);
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
  requireConstant('adam', 'rate', rate);
  requireConstant('adam', 'beta1', beta1);
  requireConstant('adam', 'beta2', beta2);
  requireConstant('adam', 'epsilon', epsilon);
  for (const t of [g, m, v]) requireSameShape('adam', w, t);
  const [W, G, M, V] = [dense(w), dense(g), dense(m), dense(v)];
  for (let n = 0; n < W.length; n++) {
    const gn = G[n]!;
    M[n] = beta1 * M[n]! + (1 - beta1) * gn;
    V[n] = beta2 * V[n]! + (1 - beta2) * gn * gn;
    W[n]! -= (rate * M[n]!) / (sqrt(V[n]!) + epsilon);
  }
}
