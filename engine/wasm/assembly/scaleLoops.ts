/**
 * The loops of engine/scale.ts, four entries at a time: B rows of N entries without gaps. Pointers
 * and j are in bytes; pointers advance by rows, j within a row.
 */
import { loadLanes, storeLanes } from './lanes';
import { multiplyAdd } from './multiplyAdd';

/** y [B,N] written; xHat [B,N], gamma and beta [N] read. */
export function scaleForward(B: i32, N: i32, y: usize, xHat: usize, gamma: usize, beta: usize): void {
  const row = N * 4;
  for (let b = 0; b < B; b++, y += row, xHat += row) {
    let j = 0;
    for (; j <= row - 16; j += 16) forwardLanes(4, y + j, xHat + j, gamma + j, beta + j);
    if (j < row) forwardLanes((row - j) >> 2, y + j, xHat + j, gamma + j, beta + j);
  }
}

@inline
function forwardLanes(lanes: i32, y: usize, xHat: usize, gamma: usize, beta: usize): void {
  const shifted = multiplyAdd(loadLanes(gamma, lanes), loadLanes(xHat, lanes), loadLanes(beta, lanes));
  storeLanes(y, shifted, lanes); // X3
}

/** dxHat and dGamma [B,N] written; dy and xHat [B,N], gamma [N] read. */
export function scaleBackward(
  B: i32, N: i32, dxHat: usize, dGamma: usize, dy: usize, xHat: usize, gamma: usize,
): void {
  const row = N * 4;
  for (let b = 0; b < B; b++, dxHat += row, dGamma += row, dy += row, xHat += row) {
    let j = 0;
    for (; j <= row - 16; j += 16) backwardLanes(4, dxHat + j, dGamma + j, dy + j, xHat + j, gamma + j);
    if (j < row) backwardLanes((row - j) >> 2, dxHat + j, dGamma + j, dy + j, xHat + j, gamma + j);
  }
}

@inline
function backwardLanes(lanes: i32, dxHat: usize, dGamma: usize, dy: usize, xHat: usize, gamma: usize): void {
  const d = loadLanes(dy, lanes);
  storeLanes(dxHat, f32x4.mul(d, loadLanes(gamma, lanes)), lanes); // X4
  storeLanes(dGamma, f32x4.mul(d, loadLanes(xHat, lanes)), lanes); // X6
}
