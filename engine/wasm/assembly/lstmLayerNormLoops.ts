/**
 * The loops of cells/lstmLayerNorm.ts, four units at a time; same letters and labels. The gates of a unit are a `block` of H
 * numbers apart. Pointers, `block` and j are in bytes; pointers advance by rows, j within a row.
 */
import { loadLanes, storeLanes } from './lanes';
import { sigmoid4, tanh4 } from './math';
import { multiplyAdd } from './multiplyAdd';
import { sigmoidSlope, tanhSlope } from './slopes';

/** gate [B,4·H], overwritten; sHat [B,4·H], gW [4·H] and cPrev [B,H] read; c [B,H] written. */
export function lstmLayerNormForwardGates(
  B: i32, H: i32, gate: usize, sHat: usize, gW: usize, cPrev: usize, c: usize,
): void {
  const block = H * 4;
  for (let b = 0; b < B; b++, gate += 4 * block, sHat += 4 * block, cPrev += block, c += block) {
    let j = 0;
    for (; j <= block - 16; j += 16) forwardGates(4, gate + j, sHat + j, gW + j, block, cPrev + j, c + j);
    if (j < block) forwardGates((block - j) >> 2, gate + j, sHat + j, gW + j, block, cPrev + j, c + j);
  }
}

// `lanes` is 4, or less at the end of a row. The constant 4 specializes the function to plain loads.
@inline
function forwardGates(
  lanes: i32, gate: usize, sHat: usize, gW: usize, block: i32, cPrev: usize, c: usize,
): void {
  const i = sigmoid4(multiplyAdd(loadLanes(gW, lanes), loadLanes(sHat, lanes), loadLanes(gate, lanes))); // I2, I3
  storeLanes(gate, i, lanes);
  const f = sigmoid4(multiplyAdd(loadLanes(gW + block, lanes), loadLanes(sHat + block, lanes), loadLanes(gate + block, lanes)));
  storeLanes(gate + block, f, lanes);
  const g = tanh4(multiplyAdd(loadLanes(gW + 2 * block, lanes), loadLanes(sHat + 2 * block, lanes), loadLanes(gate + 2 * block, lanes)));
  storeLanes(gate + 2 * block, g, lanes);
  const o = sigmoid4(multiplyAdd(loadLanes(gW + 3 * block, lanes), loadLanes(sHat + 3 * block, lanes), loadLanes(gate + 3 * block, lanes)));
  storeLanes(gate + 3 * block, o, lanes);
  storeLanes(c, multiplyAdd(i, g, f32x4.mul(f, loadLanes(cPrev, lanes))), lanes); // I4
}

/** gate [B,4·H] read; tanhM [B,H], overwritten; h [B,H] written. */
export function lstmLayerNormForwardState(B: i32, H: i32, gate: usize, tanhM: usize, h: usize): void {
  const block = H * 4;
  for (let b = 0; b < B; b++, gate += 4 * block, tanhM += block, h += block) {
    let j = 0;
    for (; j <= block - 16; j += 16) forwardState(4, gate + j, block, tanhM + j, h + j);
    if (j < block) forwardState((block - j) >> 2, gate + j, block, tanhM + j, h + j);
  }
}

@inline
function forwardState(lanes: i32, gate: usize, block: i32, tanhM: usize, h: usize): void {
  const o = loadLanes(gate + 3 * block, lanes);
  const tm = tanh4(loadLanes(tanhM, lanes));
  storeLanes(tanhM, tm, lanes);
  storeLanes(h, f32x4.mul(o, tm), lanes); // I5
}

/** gate [B,4·H], tanhM and dh [B,H] read; the block o of dA [B,4·H] and dm [B,H] written. */
export function lstmLayerNormBackwardState(
  B: i32, H: i32, gate: usize, tanhM: usize, dh: usize, dA: usize, dm: usize,
): void {
  const block = H * 4;
  for (let b = 0; b < B; b++) {
    let j = 0;
    for (; j <= block - 16; j += 16) backwardState(4, gate + j, block, tanhM + j, dh + j, dA + j, dm + j);
    if (j < block) backwardState((block - j) >> 2, gate + j, block, tanhM + j, dh + j, dA + j, dm + j);
    gate += 4 * block, dA += 4 * block;
    tanhM += block, dh += block, dm += block;
  }
}

@inline
function backwardState(
  lanes: i32, gate: usize, block: i32, tanhM: usize, dh: usize, dA: usize, dm: usize,
): void {
  const o = loadLanes(gate + 3 * block, lanes);
  const tm = loadLanes(tanhM, lanes);
  const dH = loadLanes(dh, lanes);
  const dO = f32x4.mul(dH, tm); // I6
  storeLanes(dm, f32x4.mul(f32x4.mul(dH, o), tanhSlope(tm)), lanes);
  storeLanes(dA + 3 * block, f32x4.mul(dO, sigmoidSlope(o)), lanes); // I9
}

/** gate [B,4·H], cPrev and dc [B,H] read; the blocks i, f and g of dA [B,4·H] and dcPrev [B,H] written. */
export function lstmLayerNormBackwardGates(
  B: i32, H: i32, gate: usize, cPrev: usize, dc: usize, dA: usize, dcPrev: usize,
): void {
  const block = H * 4;
  for (let b = 0; b < B; b++) {
    let j = 0;
    for (; j <= block - 16; j += 16) backwardGates(4, gate + j, block, cPrev + j, dc + j, dA + j, dcPrev + j);
    if (j < block) backwardGates((block - j) >> 2, gate + j, block, cPrev + j, dc + j, dA + j, dcPrev + j);
    gate += 4 * block, dA += 4 * block;
    cPrev += block, dc += block, dcPrev += block;
  }
}

@inline
function backwardGates(
  lanes: i32, gate: usize, block: i32, cPrev: usize, dc: usize, dA: usize, dcPrev: usize,
): void {
  const i = loadLanes(gate, lanes);
  const f = loadLanes(gate + block, lanes);
  const g = loadLanes(gate + 2 * block, lanes);
  const dC = loadLanes(dc, lanes);

  const di = f32x4.mul(dC, g); // I8
  const df = f32x4.mul(dC, loadLanes(cPrev, lanes));
  const dg = f32x4.mul(dC, i);
  storeLanes(dcPrev, f32x4.mul(dC, f), lanes);
  storeLanes(dA, f32x4.mul(di, sigmoidSlope(i)), lanes); // I9
  storeLanes(dA + block, f32x4.mul(df, sigmoidSlope(f)), lanes);
  storeLanes(dA + 2 * block, f32x4.mul(dg, tanhSlope(g)), lanes);
}
