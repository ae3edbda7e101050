/** Normalizing rows to mean 0 and variance 1. Sums are in float64. Matrices may have any row stride but dense rows. */
import {
  requireConstant,
  requireDense,
  requireDenseRows,
  requirePerRow,
  requireSameShape,
} from '../shapes.js';
import { requireTensor, type FloatArray, type Tensor } from '../tensor.js';

const { sqrt } = Math;

/** Row m of out [M,N] = (x_m - μ) r_m;  r_m = 1 / √(σ² + epsilon), with the mean μ and the variance σ² of the row. */
export function normalize<A extends FloatArray>(
  out: Tensor<A>,
  r: Tensor<A>,
  x: Tensor<A>,
  epsilon: number,
): void {
  requireConstant('normalize', 'epsilon', epsilon);
  requireSameShape('normalize', out, x);
  requireDenseRows('normalize', out, x);
  requireRowNumbers('normalize', r, x);
  const [M, N] = x.shape as [number, number];
  for (let m = 0; m < M; m++) {
    const [o, i] = [startOf(out, m), startOf(x, m)];
    let sum = 0;
    for (let n = 0; n < N; n++) sum += x.data[i + n]!;
    const mean = sum / N; // X1
    let squares = 0;
    for (let n = 0; n < N; n++) squares += (x.data[i + n]! - mean) ** 2;
    const factor = 1 / sqrt(squares / N + epsilon); // X2
    r.data[r.offset + m] = factor;
    for (let n = 0; n < N; n++) out.data[o + n] = (x.data[i + n]! - mean) * factor;
  }
}

/** Row m of dx [M,N] = r_m (dy_m - mean(dy_m) - y_m mean(dy_m * y_m)), with y and r from `normalize`. */
export function normalizeBackward<A extends FloatArray>(
  dx: Tensor<A>,
  dy: Tensor<A>,
  y: Tensor<A>,
  r: Tensor<A>,
): void {
  requireSameShape('normalizeBackward', dx, dy);
  requireSameShape('normalizeBackward', dx, y);
  requireDenseRows('normalizeBackward', dx, dy);
  requireDenseRows('normalizeBackward', dx, y);
  requireRowNumbers('normalizeBackward', r, y);
  const [M, N] = y.shape as [number, number];
  for (let m = 0; m < M; m++) {
    const [o, d, i] = [startOf(dx, m), startOf(dy, m), startOf(y, m)];
    let [sum, products] = [0, 0];
    for (let n = 0; n < N; n++) {
      sum += dy.data[d + n]!;
      products += dy.data[d + n]! * y.data[i + n]!;
    }
    const factor = r.data[r.offset + m]!;
    for (let n = 0; n < N; n++) {
      dx.data[o + n] = factor * (dy.data[d + n]! - sum / N - y.data[i + n]! * (products / N)); // X5
    }
  }
}

const startOf = (t: Tensor, m: number) => t.offset + m * t.stride[0]!;

/** @throws RangeError unless r is dense and has a number for each row of x */
export function requireRowNumbers(kernel: string, r: Tensor, x: Tensor): void {
  requireTensor(kernel, r);
  requirePerRow(kernel, x, r);
  requireDense(r);
  if (r.size !== x.shape[0])
    throw new RangeError(`${kernel}: r must have one number for each row, not ${r.shape[1]}`);
}
