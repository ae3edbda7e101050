/**
 * The loss ℓ of one row of N entries; dx = weight dℓ/dx unless its address is 0. Sums are in float64.
 * The formulas are those of ../../reference/losses.ts.
 */
import { scale } from './elementwise';
import { firstLanes, loadLanes, storeLanes } from './lanes';
import { ln, log1p4 } from './logarithm';
import { exp4 } from './math';
import { exponentials, largestOf } from './softmax';
import { addWide, total } from './wideSums';

/** ℓ = -ln softmax(x)[label];  dx = weight (softmax(x) - onehot(label)) */
export function softmaxRow(dx: usize, x: usize, label: i32, N: i32, weight: f64): f64 {
  const ofLabel = f32.load(x + label * 4);
  const largest = largestOf(x, N);
  const sum = exponentials(dx, x, N, largest, 1);
  if (dx) {
    scale(dx, N, 1, N, <f32>(weight / sum));
    f32.store(dx + label * 4, f32.load(dx + label * 4) - <f32>weight);
  }
  return ln(sum) + (<f64>largest - <f64>ofLabel);
}

/** ℓ = mean( -y ln σ(x) - (1-y) ln(1-σ(x)) );  dx = weight (σ(x) - y) / N */
export function binaryRow(dx: usize, x: usize, y: usize, N: i32, weight: f64): f64 {
  const factor = f32x4.splat(<f32>(weight / <f64>N));
  const end = N * 4;
  let sums = f64x2.splat(0);
  let n = 0;
  for (; n <= end - 16; n += 16) sums = addBinary(4, sums, dx, x, y, n, factor);
  if (n < end) sums = addBinary((end - n) >> 2, sums, dx, x, y, n, factor);
  return total(sums) / <f64>N;
}

/**
 * With e = e^-|x|, which does not overflow, σ(|x|) = 1 / (1 + e) and σ(-|x|) = e / (1 + e). The loss is
 * ln(1 + e) + |x| (1-y) for x ≥ 0, and ln(1 + e) + |x| y for x < 0.
 */
@inline
function addBinary(lanes: i32, sums: v128, dx: usize, x: usize, y: usize, n: i32, factor: v128): v128 {
  const one = f32x4.splat(1);
  const logit = loadLanes(x + n, lanes);
  const target = loadLanes(y + n, lanes);
  const negative = f32x4.lt(logit, f32x4.splat(0));
  const size = f32x4.abs(logit);
  const e = exp4(f32x4.neg(size));
  if (dx) {
    const sigmoid = f32x4.div(v128.bitselect(e, one, negative), f32x4.add(one, e));
    storeLanes(dx + n, f32x4.mul(factor, f32x4.sub(sigmoid, target)), lanes);
  }
  const missed = v128.bitselect(target, f32x4.sub(one, target), negative);
  const losses = f32x4.add(log1p4(e), f32x4.mul(size, missed));
  return addWide(sums, firstLanes(losses, lanes));
}

/** ℓ = mean (x-y)²;  dx = weight 2 (x-y) / N */
export function squaredRow(dx: usize, x: usize, y: usize, N: i32, weight: f64): f64 {
  const factor = f32x4.splat(<f32>(2 * weight / <f64>N));
  const end = N * 4;
  let sums = f64x2.splat(0);
  let n = 0;
  for (; n <= end - 16; n += 16) sums = addSquares(4, sums, dx, x, y, n, factor);
  if (n < end) sums = addSquares((end - n) >> 2, sums, dx, x, y, n, factor);
  return total(sums) / <f64>N;
}

@inline
function addSquares(lanes: i32, sums: v128, dx: usize, x: usize, y: usize, n: i32, factor: v128): v128 {
  const difference = f32x4.sub(loadLanes(x + n, lanes), loadLanes(y + n, lanes));
  if (dx) storeLanes(dx + n, f32x4.mul(factor, difference), lanes);
  return addWide(sums, f32x4.mul(difference, difference));
}
