/**
 * The loops of cells/lstm.ts, four units at a time; same letters and labels. The gates of a unit are a
 * `block` of H numbers apart. Pointers, `block` and j are in bytes; pointers advance by rows, j within a row.
 */
import { loadLanes, storeLanes } from './lanes';
import { sigmoid4, tanh4 } from './math';
import { multiplyAdd } from './multiplyAdd';
import { sigmoidSlope, tanhSlope } from './slopes';

/**
 * gate [B,4·H], overwritten; cPrev [B,H] read; c, h and tanhC [B,H] written.
 * Two passes over each row: tanh(c) depends on the gates, and a single pass would stall on them.
 */
export function lstmForward(
  B: i32, H: i32, gate: usize, cPrev: usize, c: usize, h: usize, tanhC: usize,
): void {
  const block = H * 4;
  for (let b = 0; b < B; b++, gate += 4 * block, cPrev += block, c += block, h += block, tanhC += block) {
    let j = 0;
    for (; j <= block - 16; j += 16) forwardGates(4, gate + j, block, cPrev + j, c + j);
    if (j < block) forwardGates((block - j) >> 2, gate + j, block, cPrev + j, c + j);

    j = 0;
    for (; j <= block - 16; j += 16) forwardState(4, gate + j, block, c + j, h + j, tanhC + j);
    if (j < block) forwardState((block - j) >> 2, gate + j, block, c + j, h + j, tanhC + j);
  }
}

// `lanes` is 4, or less at the end of a row. The constant 4 specializes the function to plain loads.
@inline
function forwardGates(lanes: i32, gate: usize, block: i32, cPrev: usize, c: usize): void {
  const i = sigmoid4(loadLanes(gate, lanes)); // L2
  storeLanes(gate, i, lanes);
  const f = sigmoid4(loadLanes(gate + block, lanes));
  storeLanes(gate + block, f, lanes);
  const g = tanh4(loadLanes(gate + 2 * block, lanes));
  storeLanes(gate + 2 * block, g, lanes);
  const o = sigmoid4(loadLanes(gate + 3 * block, lanes));
  storeLanes(gate + 3 * block, o, lanes);
  storeLanes(c, multiplyAdd(i, g, f32x4.mul(f, loadLanes(cPrev, lanes))), lanes); // L3
}

@inline
function forwardState(lanes: i32, gate: usize, block: i32, c: usize, h: usize, tanhC: usize): void {
  const o = loadLanes(gate + 3 * block, lanes);
  const tc = tanh4(loadLanes(c, lanes));
  storeLanes(tanhC, tc, lanes);
  storeLanes(h, f32x4.mul(o, tc), lanes); // L4
}

/** gate [B,4·H], cPrev, tanhC, dh and dc [B,H] read; dA [B,4·H] and dcPrev [B,H] written. */
export function lstmBackward(
  B: i32, H: i32, gate: usize, cPrev: usize, tanhC: usize, dh: usize, dc: usize, dA: usize, dcPrev: usize,
): void {
  const block = H * 4;
  for (let b = 0; b < B; b++) {
    let j = 0;
    for (; j <= block - 16; j += 16) {
      backward(4, gate + j, block, cPrev + j, tanhC + j, dh + j, dc + j, dA + j, dcPrev + j);
    }
    if (j < block) {
      backward((block - j) >> 2, gate + j, block, cPrev + j, tanhC + j, dh + j, dc + j, dA + j, dcPrev + j);
    }
    gate += 4 * block, dA += 4 * block;
    cPrev += block, tanhC += block, dh += block, dc += block, dcPrev += block;
  }
}

@inline
function backward(
  lanes: i32, gate: usize, block: i32, cPrev: usize, tanhC: usize, dh: usize, dc: usize, dA: usize, dcPrev: usize,
): void {
  const i = loadLanes(gate, lanes);
  const f = loadLanes(gate + block, lanes);
  const g = loadLanes(gate + 2 * block, lanes);
  const o = loadLanes(gate + 3 * block, lanes);
  const tc = loadLanes(tanhC, lanes);
  const dH = loadLanes(dh, lanes);

  const dO = f32x4.mul(dH, tc); // L5
  const dC = multiplyAdd(f32x4.mul(dH, o), tanhSlope(tc), loadLanes(dc, lanes)); // L6
  const di = f32x4.mul(dC, g); // L7
  const df = f32x4.mul(dC, loadLanes(cPrev, lanes));
  const dg = f32x4.mul(dC, i);
  storeLanes(dcPrev, f32x4.mul(dC, f), lanes); // L8
  storeLanes(dA, f32x4.mul(di, sigmoidSlope(i)), lanes); // L9
  storeLanes(dA + block, f32x4.mul(df, sigmoidSlope(f)), lanes);
  storeLanes(dA + 2 * block, f32x4.mul(dg, tanhSlope(g)), lanes);
  storeLanes(dA + 3 * block, f32x4.mul(dO, sigmoidSlope(o)), lanes);
}
