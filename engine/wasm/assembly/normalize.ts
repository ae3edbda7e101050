/**
 * Rows of mean 0 and variance 1. Pointers in bytes, strides in entries; the entries of a row are adjacent. Sums are in
 * float64. Labels are those of ../../reference/normalize.ts.
 */
import { firstLanes, loadLanes, storeLanes } from './lanes';
import { addWide, total } from './wideSums';

/** out [M,N], r [M] written; x [M,N] read. */
export function normalize(
  out: usize, outStride: i32, x: usize, xStride: i32, r: usize, M: i32, N: i32, epsilon: f32,
): void {
  const end = N * 4;
  for (let m = 0; m < M; m++, out += outStride * 4, x += xStride * 4, r += 4) {
    const mean = <f32>(sumOf(x, end) / <f64>N); // X1
    const variance = squaresOf(x, end, f32x4.splat(mean)) / <f64>N;
    const factor = <f32>(1 / sqrt<f64>(variance + <f64>epsilon)); // X2
    f32.store(r, factor);
    normalizeRow(out, x, end, f32x4.splat(mean), f32x4.splat(factor));
  }
}

@inline
function normalizeRow(out: usize, x: usize, end: i32, mean: v128, factor: v128): void {
  let n = 0;
  for (; n <= end - 16; n += 16) normalizeLanes(4, out + n, x + n, mean, factor);
  if (n < end) normalizeLanes((end - n) >> 2, out + n, x + n, mean, factor);
}

@inline
function normalizeLanes(lanes: i32, out: usize, x: usize, mean: v128, factor: v128): void {
  storeLanes(out, f32x4.mul(f32x4.sub(loadLanes(x, lanes), mean), factor), lanes);
}

/** Σ x over `end` bytes. */
@inline
function sumOf(x: usize, end: i32): f64 {
  let sums = f64x2.splat(0);
  let n = 0;
  for (; n <= end - 16; n += 16) sums = addWide(sums, loadLanes(x + n, 4));
  if (n < end) sums = addWide(sums, loadLanes(x + n, (end - n) >> 2));
  return total(sums);
}

/** Σ (x - mean)² */
@inline
function squaresOf(x: usize, end: i32, mean: v128): f64 {
  let sums = f64x2.splat(0);
  let n = 0;
  for (; n <= end - 16; n += 16) sums = addSquares(4, sums, x + n, mean);
  if (n < end) sums = addSquares((end - n) >> 2, sums, x + n, mean);
  return total(sums);
}

@inline
function addSquares(lanes: i32, sums: v128, x: usize, mean: v128): v128 {
  const distance = f32x4.sub(loadLanes(x, lanes), mean);
  return addWide(sums, firstLanes(f32x4.mul(distance, distance), lanes));
}

/** dx [M,N] written; dy and y [M,N], r [M] read. */
export function normalizeBackward(
  dx: usize, dxStride: i32, dy: usize, dyStride: i32, y: usize, yStride: i32, r: usize, M: i32, N: i32,
): void {
  const end = N * 4;
  for (let m = 0; m < M; m++, dx += dxStride * 4, dy += dyStride * 4, y += yStride * 4, r += 4) {
    const mean = f32x4.splat(<f32>(sumOf(dy, end) / <f64>N));
    const slope = f32x4.splat(<f32>(productsOf(dy, y, end) / <f64>N));
    backwardRow(dx, dy, y, end, mean, slope, v128.load32_splat(r));
  }
}

@inline
function backwardRow(dx: usize, dy: usize, y: usize, end: i32, mean: v128, slope: v128, factor: v128): void {
  let n = 0;
  for (; n <= end - 16; n += 16) backwardLanes(4, dx + n, dy + n, y + n, mean, slope, factor);
  if (n < end) backwardLanes((end - n) >> 2, dx + n, dy + n, y + n, mean, slope, factor);
}

@inline
function backwardLanes(lanes: i32, dx: usize, dy: usize, y: usize, mean: v128, slope: v128, factor: v128): void {
  const centred = f32x4.sub(loadLanes(dy, lanes), mean);
  const rest = f32x4.sub(centred, f32x4.mul(loadLanes(y, lanes), slope));
  storeLanes(dx, f32x4.mul(factor, rest), lanes); // X5
}

/** Σ a b */
@inline
function productsOf(a: usize, b: usize, end: i32): f64 {
  let sums = f64x2.splat(0);
  let n = 0;
  for (; n <= end - 16; n += 16) sums = addProducts(4, sums, a + n, b + n);
  if (n < end) sums = addProducts((end - n) >> 2, sums, a + n, b + n);
  return total(sums);
}

@inline
function addProducts(lanes: i32, sums: v128, a: usize, b: usize): v128 {
  return addWide(sums, firstLanes(f32x4.mul(loadLanes(a, lanes), loadLanes(b, lanes)), lanes));
}
