/**
 * The loops of models/activations, four entries at a time: B rows of N entries without gaps. Pointers and j are in bytes.
 */
import { firstLanes, loadLanes, storeLanes } from './lanes';
import { sigmoid4, tanh4 } from './math';
import { sigmoidSlope, tanhSlope } from './slopes';
import { addWide, total } from './wideSums';

/** y [B,N], overwritten by max(y, 0); pmax keeps NaN. */
export function reluForward(B: i32, N: i32, y: usize): void {
  const end = B * N * 4;
  let j = 0;
  for (; j <= end - 16; j += 16) reluLanes(4, y + j);
  if (j < end) reluLanes((end - j) >> 2, y + j);
}

@inline
function reluLanes(lanes: i32, y: usize): void {
  storeLanes(y, f32x4.pmax(loadLanes(y, lanes), f32x4.splat(0)), lanes);
}

/** dy and y [B,N] read; dz [B,N] written. */
export function reluBackward(B: i32, N: i32, dz: usize, dy: usize, y: usize): void {
  const end = B * N * 4;
  let j = 0;
  for (; j <= end - 16; j += 16) reluSlopeLanes(4, dz + j, dy + j, y + j);
  if (j < end) reluSlopeLanes((end - j) >> 2, dz + j, dy + j, y + j);
}

@inline
function reluSlopeLanes(lanes: i32, dz: usize, dy: usize, y: usize): void {
  const isAbove = f32x4.gt(loadLanes(y, lanes), f32x4.splat(0));
  const slope = v128.and(f32x4.splat(1), isAbove);
  storeLanes(dz, f32x4.mul(loadLanes(dy, lanes), slope), lanes);
}

/** y [B,N], overwritten by tanh(y). */
export function tanhForward(B: i32, N: i32, y: usize): void {
  const end = B * N * 4;
  let j = 0;
  for (; j <= end - 16; j += 16) tanhLanes(4, y + j);
  if (j < end) tanhLanes((end - j) >> 2, y + j);
}

@inline
function tanhLanes(lanes: i32, y: usize): void {
  storeLanes(y, tanh4(loadLanes(y, lanes)), lanes);
}

/** dy and y [B,N] read; dz [B,N] written. */
export function tanhBackward(B: i32, N: i32, dz: usize, dy: usize, y: usize): void {
  const end = B * N * 4;
  let j = 0;
  for (; j <= end - 16; j += 16) tanhSlopeLanes(4, dz + j, dy + j, y + j);
  if (j < end) tanhSlopeLanes((end - j) >> 2, dz + j, dy + j, y + j);
}

@inline
function tanhSlopeLanes(lanes: i32, dz: usize, dy: usize, y: usize): void {
  storeLanes(dz, f32x4.mul(loadLanes(dy, lanes), tanhSlope(loadLanes(y, lanes))), lanes);
}

/** y [B,N], overwritten by σ(y). */
export function sigmoidForward(B: i32, N: i32, y: usize): void {
  const end = B * N * 4;
  let j = 0;
  for (; j <= end - 16; j += 16) sigmoidLanes(4, y + j);
  if (j < end) sigmoidLanes((end - j) >> 2, y + j);
}

@inline
function sigmoidLanes(lanes: i32, y: usize): void {
  storeLanes(y, sigmoid4(loadLanes(y, lanes)), lanes);
}

/** dy and y [B,N] read; dz [B,N] written. */
export function sigmoidBackward(B: i32, N: i32, dz: usize, dy: usize, y: usize): void {
  const end = B * N * 4;
  let j = 0;
  for (; j <= end - 16; j += 16) sigmoidSlopeLanes(4, dz + j, dy + j, y + j);
  if (j < end) sigmoidSlopeLanes((end - j) >> 2, dz + j, dy + j, y + j);
}

@inline
function sigmoidSlopeLanes(lanes: i32, dz: usize, dy: usize, y: usize): void {
  storeLanes(dz, f32x4.mul(loadLanes(dy, lanes), sigmoidSlope(loadLanes(y, lanes))), lanes);
}

/** dy and y [B,N] read; dz [B,N] written. The sum of a row is in float64. */
export function softmaxBackward(B: i32, N: i32, dz: usize, dy: usize, y: usize): void {
  const row = N * 4;
  for (let b = 0; b < B; b++, dz += row, dy += row, y += row) {
    const sum = f32x4.splat(<f32>dot(dy, y, row));
    let j = 0;
    for (; j <= row - 16; j += 16) softmaxSlopeLanes(4, dz + j, dy + j, y + j, sum);
    if (j < row) softmaxSlopeLanes((row - j) >> 2, dz + j, dy + j, y + j, sum);
  }
}

/** Σ a b over a row of `end` bytes. */
@inline
function dot(a: usize, b: usize, end: i32): f64 {
  let sums = f64x2.splat(0);
  let j = 0;
  for (; j <= end - 16; j += 16) sums = addProducts(4, sums, a + j, b + j);
  if (j < end) sums = addProducts((end - j) >> 2, sums, a + j, b + j);
  return total(sums);
}

@inline
function addProducts(lanes: i32, sums: v128, a: usize, b: usize): v128 {
  return addWide(sums, firstLanes(f32x4.mul(loadLanes(a, lanes), loadLanes(b, lanes)), lanes));
}

@inline
function softmaxSlopeLanes(lanes: i32, dz: usize, dy: usize, y: usize, sum: v128): void {
  storeLanes(dz, f32x4.mul(loadLanes(y, lanes), f32x4.sub(loadLanes(dy, lanes), sum)), lanes); // Z5
}
