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

    for (j = 0; j <= block - 16; j += 16) forwardState(4, gate + j, block, c + j, h + j, tanhC + j);
    if (j < block) forwardState((block - j) >> 2, gate + j, block, c + j, h + j, tanhC + j);
  }
}

// `units` is 4, or less at the end of a row. The constant 4 specializes the function to plain loads.
@inline
function forwardGates(units: i32, gate: usize, block: i32, cPrev: usize, c: usize): void {
  const f = sigmoid4(loadLanes(gate, units)); // K2
  storeLanes(gate, f, units);
  const g = tanh4(loadLanes(gate + block, units));
  storeLanes(gate + block, g, units);
  const o = sigmoid4(loadLanes(gate + 2 * block, units));
  storeLanes(gate + 2 * block, o, units);
  storeLanes(c, multiplyAdd(f, loadLanes(cPrev, units), f32x4.mul(oneMinus(f), g)), units); // K3
}

@inline
function forwardState(units: i32, gate: usize, block: i32, c: usize, h: usize, tanhC: usize): void {
  const o = loadLanes(gate + 2 * block, units);
  const tc = tanh4(loadLanes(c, units));
  storeLanes(tanhC, tc, units);
  storeLanes(h, f32x4.mul(o, tc), units); // K4
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
  units: i32, gate: usize, block: i32, cPrev: usize, tanhC: usize, dh: usize, dc: usize, dA: usize, dcPrev: usize,
): void {
  const f = loadLanes(gate, units);
  const g = loadLanes(gate + block, units);
  const o = loadLanes(gate + 2 * block, units);
  const tc = loadLanes(tanhC, units);
  const dH = loadLanes(dh, units);

  const dO = f32x4.mul(dH, tc); // K5
  const dC = multiplyAdd(f32x4.mul(dH, o), tanhSlope(tc), loadLanes(dc, units)); // K6
  const df = f32x4.mul(dC, f32x4.sub(loadLanes(cPrev, units), g)); // K7
  const dg = f32x4.mul(dC, oneMinus(f));
  storeLanes(dcPrev, f32x4.mul(dC, f), units); // K8
  storeLanes(dA, f32x4.mul(df, sigmoidSlope(f)), units); // K9
  storeLanes(dA + block, f32x4.mul(dg, tanhSlope(g)), units);
  storeLanes(dA + 2 * block, f32x4.mul(dO, sigmoidSlope(o)), units);
}
