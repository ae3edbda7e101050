/**
 * The loops of cells/gru.ts, four units at a time; same letters and labels. The gates of a unit are a
 * `block` of H numbers apart. Pointers, `block` and j are in bytes; pointers advance by rows, j within a row.
 */
import { loadLanes, storeLanes } from './lanes';
import { sigmoid4, tanh4 } from './math';
import { multiplyAdd } from './multiplyAdd';
import { oneMinus, sigmoidSlope, tanhSlope } from './slopes';

/** gate [B,3·H]: z and r are overwritten; hPrev [B,H] read; rh [B,H] written. */
export function gruForwardGates(B: i32, H: i32, gate: usize, hPrev: usize, rh: usize): void {
  const block = H * 4;
  for (let b = 0; b < B; b++, gate += 3 * block, hPrev += block, rh += block) {
    let j = 0;
    for (; j <= block - 16; j += 16) forwardGates(4, gate + j, block, hPrev + j, rh + j);
    if (j < block) forwardGates((block - j) >> 2, gate + j, block, hPrev + j, rh + j);
  }
}

// `lanes` is 4, or less at the end of a row. The constant 4 specializes the function to plain loads.
@inline
function forwardGates(lanes: i32, gate: usize, block: i32, hPrev: usize, rh: usize): void {
  storeLanes(gate, sigmoid4(loadLanes(gate, lanes)), lanes); // G2
  const r = sigmoid4(loadLanes(gate + block, lanes));
  storeLanes(gate + block, r, lanes);
  storeLanes(rh, f32x4.mul(r, loadLanes(hPrev, lanes)), lanes);
}

/** gate [B,3·H]: z is read, n overwritten; hPrev [B,H] read; h [B,H] written. */
export function gruForwardState(B: i32, H: i32, gate: usize, hPrev: usize, h: usize): void {
  const block = H * 4;
  for (let b = 0; b < B; b++, gate += 3 * block, hPrev += block, h += block) {
    let j = 0;
    for (; j <= block - 16; j += 16) forwardState(4, gate + j, block, hPrev + j, h + j);
    if (j < block) forwardState((block - j) >> 2, gate + j, block, hPrev + j, h + j);
  }
}

@inline
function forwardState(lanes: i32, gate: usize, block: i32, hPrev: usize, h: usize): void {
  const z = loadLanes(gate, lanes);
  const n = tanh4(loadLanes(gate + 2 * block, lanes)); // G3
  storeLanes(gate + 2 * block, n, lanes);
  storeLanes(h, multiplyAdd(z, loadLanes(hPrev, lanes), f32x4.mul(oneMinus(z), n)), lanes); // G4
}

/** gate [B,3·H], hPrev and dh [B,H] read; the z and n of dA [B,3·H] and dhPrev [B,H] written. */
export function gruBackwardState(
  B: i32, H: i32, gate: usize, hPrev: usize, dh: usize, dA: usize, dhPrev: usize,
): void {
  const block = H * 4;
  for (let b = 0; b < B; b++, gate += 3 * block, hPrev += block, dh += block, dA += 3 * block, dhPrev += block) {
    let j = 0;
    for (; j <= block - 16; j += 16) {
      backwardState(4, gate + j, block, hPrev + j, dh + j, dA + j, dhPrev + j);
    }
    if (j < block) backwardState((block - j) >> 2, gate + j, block, hPrev + j, dh + j, dA + j, dhPrev + j);
  }
}

@inline
function backwardState(
  lanes: i32, gate: usize, block: i32, hPrev: usize, dh: usize, dA: usize, dhPrev: usize,
): void {
  const z = loadLanes(gate, lanes);
  const n = loadLanes(gate + 2 * block, lanes);
  const dH = loadLanes(dh, lanes);
  const dz = f32x4.mul(dH, f32x4.sub(loadLanes(hPrev, lanes), n)); // G5
  const dn = f32x4.mul(dH, oneMinus(z));
  storeLanes(dhPrev, f32x4.mul(dH, z), lanes);
  storeLanes(dA, f32x4.mul(dz, sigmoidSlope(z)), lanes); // G9
  storeLanes(dA + 2 * block, f32x4.mul(dn, tanhSlope(n)), lanes); // G6
}

/** gate [B,3·H], hPrev and drh [B,H] read; the r of dA [B,3·H] written; dhPrev [B,H] added to. */
export function gruBackwardGates(
  B: i32, H: i32, gate: usize, hPrev: usize, drh: usize, dA: usize, dhPrev: usize,
): void {
  const block = H * 4;
  for (let b = 0; b < B; b++, gate += 3 * block, hPrev += block, drh += block, dA += 3 * block, dhPrev += block) {
    let j = 0;
    for (; j <= block - 16; j += 16) {
      backwardGates(4, gate + j, block, hPrev + j, drh + j, dA + j, dhPrev + j);
    }
    if (j < block) backwardGates((block - j) >> 2, gate + j, block, hPrev + j, drh + j, dA + j, dhPrev + j);
  }
}

@inline
function backwardGates(
  lanes: i32, gate: usize, block: i32, hPrev: usize, drh: usize, dA: usize, dhPrev: usize,
): void {
  const r = loadLanes(gate + block, lanes);
  const dRH = loadLanes(drh, lanes);
  const dr = f32x4.mul(dRH, loadLanes(hPrev, lanes)); // G8
  storeLanes(dhPrev, multiplyAdd(dRH, r, loadLanes(dhPrev, lanes)), lanes);
  storeLanes(dA + block, f32x4.mul(dr, sigmoidSlope(r)), lanes); // G9
}
