/**
 * The losses of a batch, L = Σ_m w_m ℓ_m / Σ_m w_m, and in the same pass dx = dL/dx unless its address is 0.
 * Matrices are dense, [M,N]. If the address of the weights is 0, all are 1. Rows of weight 0 are skipped.
 *
 * The rows may be part of a batch, whose weights `weighRows` has added before: each stores its term of the sum, a float64,
 * in `losses`; `sumOfLosses` adds all of them later, in rising order.
 */
import { binaryRow, softmaxRow, squaredRow } from './lossRows';

// A constant at each call of `rowLosses`, so that the compiler generates three functions.
const SOFTMAX = 0;
const BINARY = 1;
const SQUARED = 2;

/** 1 / Σ_m w_m over the whole batch, or 0. */
let inverse: f64 = 0;

/** Must be called before a loss: the weights of all rows of the batch. */
export function weighRows(weights: usize, M: i32): void {
  let total: f64 = 0;
  for (let m = 0; m < M; m++) total += weightOf(weights, m);
  inverse = total == 0 ? 0 : 1 / total;
}

/** Logits x, and a class labels[m] per row, which must be in 0 .. V-1: see `findNoClass`. */
export function softmaxCrossEntropy(
  losses: usize, dx: usize, x: usize, labels: usize, labelsStride: i32, weights: usize, M: i32, V: i32,
): void {
  rowLosses(SOFTMAX, losses, dx, x, labels, labelsStride * 4, weights, M, V);
}

/** Logits x and targets y in 0..1. */
export function binaryCrossEntropy(
  losses: usize, dx: usize, x: usize, y: usize, weights: usize, M: i32, N: i32,
): void {
  rowLosses(BINARY, losses, dx, x, y, N * 4, weights, M, N);
}

/** Predictions x and targets y. */
export function meanSquaredError(
  losses: usize, dx: usize, x: usize, y: usize, weights: usize, M: i32, N: i32,
): void {
  rowLosses(SQUARED, losses, dx, x, y, N * 4, weights, M, N);
}

/** L, the sum of `losses`. */
export function sumOfLosses(losses: usize, M: i32): f64 {
  let sum: f64 = 0;
  for (let m = 0; m < M; m++) sum += f64.load(losses + m * 8);
  return sum;
}

/** The first row of nonzero weight whose label is not one of the V classes, or -1. */
export function findNoClass(labels: usize, labelsStride: i32, weights: usize, M: i32, V: i32): i32 {
  for (let m = 0; m < M; m++) {
    // The comparison is unsigned, so it catches negative numbers too.
    if (<u32>i32.load(labels + m * labelsStride * 4) >= <u32>V && weightOf(weights, m) != 0) return m;
  }
  return -1;
}

/** `targetRow`: the bytes between the targets of adjacent rows. */
@inline
function rowLosses(
  loss: i32, losses: usize, dx: usize, x: usize, target: usize, targetRow: i32, weights: usize, M: i32, N: i32,
): void {
  for (let m = 0; m < M; m++, losses += 8, x += N * 4, target += targetRow) {
    const d = dx ? dx + m * N * 4 : 0;
    const weight = weightOf(weights, m) * inverse;
    let row: f64 = 0;
    // A row of weight 0 may hold anything, even infinity, and 0 times infinity is NaN.
    if (weight == 0) {
      if (d) memory.fill(d, 0, N * 4);
    } else if (loss == SOFTMAX) row = softmaxRow(d, x, i32.load(target), N, weight);
    else if (loss == BINARY) row = binaryRow(d, x, target, N, weight);
    else row = squaredRow(d, x, target, N, weight);
    f64.store(losses, weight * row);
  }
}

@inline
function weightOf(weights: usize, m: i32): f64 {
  return weights ? <f64>f32.load(weights + m * 4) : 1;
}
