/**
 * Elementwise: M rows of N adjacent entries. Rows without gaps between them count as one long row.
 * Pointers in bytes, row strides in entries.
 */
import { loadLanes, storeLanes } from './lanes';

/** out = value */
export function fill(out: usize, outStride: i32, M: i32, N: i32, value: f32): void {
  if (outStride == N) (N *= M), (M = 1);
  const x = f32x4.splat(value);
  for (let m = 0; m < M; m++, out += outStride * 4) {
    const end = out + N * 4;
    let o = out;
    for (; o <= end - 16; o += 16) fillLanes(4, o, x);
    if (o < end) fillLanes((end - o) >> 2, o, x);
  }
}

@inline
function fillLanes(lanes: i32, out: usize, x: v128): void {
  storeLanes(out, x, lanes);
}

/** out = x */
export function copy(out: usize, outStride: i32, x: usize, xStride: i32, M: i32, N: i32): void {
  if (outStride == N && xStride == N) (N *= M), (M = 1);
  for (let m = 0; m < M; m++, out += outStride * 4, x += xStride * 4) copyRow(out, x, N);
}

/** N entries: out = x */
@inline
export function copyRow(out: usize, x: usize, N: i32): void {
  const end = N * 4;
  let n = 0;
  for (; n <= end - 16; n += 16) copyLanes(4, out + n, x + n);
  if (n < end) copyLanes((end - n) >> 2, out + n, x + n);
}

@inline
function copyLanes(lanes: i32, out: usize, x: usize): void {
  storeLanes(out, loadLanes(x, lanes), lanes);
}

/** out += x */
export function add(out: usize, outStride: i32, x: usize, xStride: i32, M: i32, N: i32): void {
  if (outStride == N && xStride == N) (N *= M), (M = 1);
  for (let m = 0; m < M; m++, out += outStride * 4, x += xStride * 4) addRow(out, x, N);
}

/** N entries: out += x */
@inline
export function addRow(out: usize, x: usize, N: i32): void {
  const end = N * 4;
  let n = 0;
  for (; n <= end - 16; n += 16) addLanes(4, out + n, x + n);
  if (n < end) addLanes((end - n) >> 2, out + n, x + n);
}

@inline
function addLanes(lanes: i32, out: usize, x: usize): void {
  storeLanes(out, f32x4.add(loadLanes(out, lanes), loadLanes(x, lanes)), lanes);
}

/** out = x * y */
export function multiply(
  out: usize, outStride: i32, x: usize, xStride: i32, y: usize, yStride: i32, M: i32, N: i32,
): void {
  if (outStride == N && xStride == N && yStride == N) (N *= M), (M = 1);
  const end = N * 4;
  for (let m = 0; m < M; m++, out += outStride * 4, x += xStride * 4, y += yStride * 4) {
    let n = 0;
    for (; n <= end - 16; n += 16) multiplyLanes(4, out + n, x + n, y + n);
    if (n < end) multiplyLanes((end - n) >> 2, out + n, x + n, y + n);
  }
}

@inline
function multiplyLanes(lanes: i32, out: usize, x: usize, y: usize): void {
  storeLanes(out, f32x4.mul(loadLanes(x, lanes), loadLanes(y, lanes)), lanes);
}

/** out *= factor */
export function scale(out: usize, outStride: i32, M: i32, N: i32, factor: f32): void {
  if (outStride == N) (N *= M), (M = 1);
  const f = f32x4.splat(factor);
  for (let m = 0; m < M; m++, out += outStride * 4) {
    const end = out + N * 4;
    let o = out;
    for (; o <= end - 16; o += 16) scaleLanes(4, o, f);
    if (o < end) scaleLanes((end - o) >> 2, o, f);
  }
}

@inline
function scaleLanes(lanes: i32, out: usize, factor: v128): void {
  storeLanes(out, f32x4.mul(loadLanes(out, lanes), factor), lanes);
}

/** out = min(max(out, -limit), limit). (pmin and pmax, in this order, keep NaN; min and max are slow.) */
export function clamp(out: usize, outStride: i32, M: i32, N: i32, limit: f32): void {
  if (outStride == N) (N *= M), (M = 1);
  const high = f32x4.splat(limit);
  const low = f32x4.splat(-limit);
  for (let m = 0; m < M; m++, out += outStride * 4) {
    const end = out + N * 4;
    let o = out;
    for (; o <= end - 16; o += 16) clampLanes(4, o, low, high);
    if (o < end) clampLanes((end - o) >> 2, o, low, high);
  }
}

@inline
function clampLanes(lanes: i32, out: usize, low: v128, high: v128): void {
  storeLanes(out, f32x4.pmax(f32x4.pmin(loadLanes(out, lanes), high), low), lanes);
}

/**
 * Σ x² in float64, in four sums of two lanes each: the additions of a single sum would wait for each other.
 */
export function sumOfSquares(x: usize, xStride: i32, M: i32, N: i32): f64 {
  let s0 = f64x2.splat(0), s1 = s0, s2 = s0, s3 = s0;
  for (let m = 0; m < M; m++, x += xStride * 4) {
    let i = x;
    for (const end = x + (N & ~7) * 4; i < end; i += 32) {
      s0 = f64x2.add(s0, squares(v128.load64_zero(i)));
      s1 = f64x2.add(s1, squares(v128.load64_zero(i, 8)));
      s2 = f64x2.add(s2, squares(v128.load64_zero(i, 16)));
      s3 = f64x2.add(s3, squares(v128.load64_zero(i, 24)));
    }
    for (const end = x + N * 4; i < end; i += 4) s0 = f64x2.add(s0, squares(v128.load32_zero(i)));
  }
  const sum = f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3));
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** The squares of the two lower lanes. */
@inline
function squares(x: v128): v128 {
  const wide = f64x2.promote_low_f32x4(x);
  return f64x2.mul(wide, wide);
}
