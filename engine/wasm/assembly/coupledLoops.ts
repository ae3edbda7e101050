/**
 * The loops of cells/lstmCoupled.ts, four units at a time; same letters and labels. The gates of a unit are a
 * `block` of H numbers apart. Pointers, `block` and j are in bytes; pointers advance by rows, j within a row.
 */
import { loadLanes, storeLanes } from './lanes';
import { sigmoid4, tanh4 } from './math';
import { multiplyAdd } from './multiplyAdd';
import { oneMinus, sigmoidSlope, tanhSlope } from './slopes';

/** gate [B,3·H], overwritten; cPrev [B,H] read; c, h and tanhC [B,H] written. Two passes, as in the LSTM. */
export function coupledForward(
  B: i32, H: i32, gate: usize, cPrev: usize, c: usize, h: usize, tanhC: usize,
): void {
  const block = H * 4;
  for (let b = 0; b < B; b++, gate += 3 * block, cPrev += block, c += block, h += block, tanhC += block) {
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
  const f = sigmoid4(loadLanes(gate, lanes)); // K2
  storeLanes(gate, f, lanes);
  const g = tanh4(loadLanes(gate + block, lanes));
  storeLanes(gate + block, g, lanes);
  const o = sigmoid4(loadLanes(gate + 2 * block, lanes));
  storeLanes(gate + 2 * block, o, lanes);
  storeLanes(c, multiplyAdd(f, loadLanes(cPrev, lanes), f32x4.mul(oneMinus(f), g)), lanes); // K3
}

@inline
function forwardState(lanes: i32, gate: usize, block: i32, c: usize, h: usize, tanhC: usize): void {
  const o = loadLanes(gate + 2 * block, lanes);
  const tc = tanh4(loadLanes(c, lanes));
  storeLanes(tanhC, tc, lanes);
  storeLanes(h, f32x4.mul(o, tc), lanes); // K4
}

/** gate [B,3·H], cPrev, tanhC, dh and dc [B,H] read; dA [B,3·H] and dcPrev [B,H] written. */
export function coupledBackward(
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
    gate += 3 * block, dA += 3 * block;
    cPrev += block, tanhC += block, dh += block, dc += block, dcPrev += block;
  }
}

@inline
function backward(
  lanes: i32, gate: usize, block: i32, cPrev: usize, tanhC: usize, dh: usize, dc: usize, dA: usize, dcPrev: usize,
): void {
  const f = loadLanes(gate, lanes);
  const g = loadLanes(gate + block, lanes);
  const o = loadLanes(gate + 2 * block, lanes);
  const tc = loadLanes(tanhC, lanes);
  const dH = loadLanes(dh, lanes);

  const dO = f32x4.mul(dH, tc); // K5
  const dC = multiplyAdd(f32x4.mul(dH, o), tanhSlope(tc), loadLanes(dc, lanes)); // K6
  const df = f32x4.mul(dC, f32x4.sub(loadLanes(cPrev, lanes), g)); // K7
  const dg = f32x4.mul(dC, oneMinus(f));
  storeLanes(dcPrev, f32x4.mul(dC, f), lanes); // K8
  storeLanes(dA, f32x4.mul(df, sigmoidSlope(f)), lanes); // K9
  storeLanes(dA + block, f32x4.mul(dg, tanhSlope(g)), lanes);
  storeLanes(dA + 2 * block, f32x4.mul(dO, sigmoidSlope(o)), lanes);
}
