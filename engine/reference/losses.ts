/**
 * Losses from logits: the value and, in the same pass, the derivative with respect to x.
 *
 * Each is a weighted mean over rows, L = Σ_m w_m ℓ_m / Σ_m w_m, so dL/dx_m = (w_m / Σ w) dℓ_m/dx_m.
 * A masked row has weight 0 and is skipped: its dL/dx is 0. If all weights are 0, L = 0.
 * Sources: Goodfellow, Bengio and Courville, Deep Learning (2016), sections 6.2.2.2 and 6.2.2.3.
 */
import type { FloatArray, Indices, Tensor } from '../tensor.js';
import { requireFunction, requireText } from '../checks.js';
import { dense, requireIndex, requireLabels, requireLossShapes, requireSameShape } from '../shapes.js';

const { exp, log, log1p, abs, max } = Math;

/** ℓ_m = -ln softmax(x_m)[label_m];  dℓ_m/dx = softmax(x_m) - onehot(label_m). x [M,V] holds logits. */
export function softmaxCrossEntropy<A extends FloatArray>(
  dx: Tensor<A> | null,
  x: Tensor<A>,
  labels: Indices,
  weights?: Tensor<A>,
): number {
  requireLossShapes('softmaxCrossEntropy', dx, x, weights);
  requireLabels('softmaxCrossEntropy', x, labels);
  const V = x.shape[1]!;
  const X = dense(x);
  const dX = dx && dense(dx);

  return weightedMean(dX, x, weights, (m, weight) => {
    const label = labels.data[labels.offset + m * labels.stride[0]!]!;
    requireIndex('softmaxCrossEntropy', label, V);
    const row = m * V;
    // softmax is invariant to shifting all logits; with the largest at 0 no exponential overflows.
    let largest = -Infinity;
    for (let v = 0; v < V; v++) largest = max(largest, X[row + v]!);
    let sum = 0;
    for (let v = 0; v < V; v++) sum += exp(X[row + v]! - largest);
    if (dX) {
      for (let v = 0; v < V; v++) {
        const probability = exp(X[row + v]! - largest) / sum;
        dX[row + v] = weight * (probability - (v === label ? 1 : 0));
      }
    }
    // In this order: a large logit would take the digits of the logarithm.
    return log(sum) + (largest - X[row + label]!);
  });
}

/** ℓ_m = mean_n( -y ln σ(x) - (1-y) ln(1-σ(x)) );  dℓ_m/dx = (σ(x) - y) / N. x [M,N] logits, y in 0..1. */
export function binaryCrossEntropy<A extends FloatArray>(
  dx: Tensor<A> | null,
  x: Tensor<A>,
  y: Tensor<A>,
  weights?: Tensor<A>,
): number {
  return meanElementLoss('binaryCrossEntropy', dx, x, y, weights, (x, y) => ({
    // -y ln σ(x) - (1-y) ln(1-σ(x)) = max(x,0) - xy + ln(1+e^-|x|), where nothing overflows.
    loss: max(x, 0) - x * y + log1p(exp(-abs(x))),
    derivative: 1 / (1 + exp(-x)) - y,
  }));
}

/** ℓ_m = mean_n (x-y)²;  dℓ_m/dx = 2 (x-y) / N. x and y [M,N]. */
export function meanSquaredError<A extends FloatArray>(
  dx: Tensor<A> | null,
  x: Tensor<A>,
  y: Tensor<A>,
  weights?: Tensor<A>,
): number {
  return meanElementLoss('meanSquaredError', dx, x, y, weights, (x, y) => ({
    loss: (x - y) ** 2,
    derivative: 2 * (x - y),
  }));
}

/** The loss of one entry, and its derivative with respect to x. */
export type ElementLoss = (x: number, y: number) => { loss: number; derivative: number };

/**
 * ℓ_m is the mean over n of the loss of entry x_mn, given y_mn. x and y [M,N].
 * @param name the name of the loss, for errors
 * @param dx   receives dL/dx, or null
 */
export function meanElementLoss<A extends FloatArray>(
  name: string,
  dx: Tensor<A> | null,
  x: Tensor<A>,
  y: Tensor<A>,
  weights: Tensor<A> | undefined,
  element: ElementLoss,
): number {
  requireText('the name of a loss', name);
  requireFunction(`${name}: the loss of an entry`, element);
  requireLossShapes(name, dx, x, weights);
  requireSameShape(name, x, y);
  const N = x.shape[1]!;
  const X = dense(x);
  const Y = dense(y);
  const dX = dx && dense(dx);

  return weightedMean(dX, x, weights, (m, weight) => {
    let sum = 0;
    for (let n = m * N; n < (m + 1) * N; n++) {
      const { loss, derivative } = element(X[n]!, Y[n]!) ?? {};
      if (typeof loss !== 'number' || typeof derivative !== 'number')
        throw new TypeError(`${name}: the loss of an entry must return { loss, derivative }, two numbers`);
      sum += loss;
      if (dX) dX[n] = (weight * derivative) / N;
    }
    return sum / N;
  });
}

/** Σ_m w_m ℓ_m / Σ_m w_m; `rowLoss` receives w_m / Σ w, the factor of its derivative. */
function weightedMean<A extends FloatArray>(
  dX: A | null,
  x: Tensor<A>,
  weights: Tensor<A> | undefined,
  rowLoss: (m: number, weight: number) => number,
): number {
  const [M, N] = x.shape as [number, number];
  const W = weights && dense(weights);
  let total = M;
  if (W) {
    total = 0;
    for (let m = 0; m < M; m++) total += W[m]!;
  }
  const inverse = total === 0 ? 0 : 1 / total;
  let loss = 0;
  for (let m = 0; m < M; m++) {
    const weight = (W ? W[m]! : 1) * inverse;
    // A row of weight 0 may hold anything, even infinity, and 0 times infinity is NaN.
    if (weight !== 0) loss += weight * rowLoss(m, weight);
    else dX?.fill(0, m * N, (m + 1) * N);
  }
  return loss;
}
