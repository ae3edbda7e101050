/**
 * The loops of cells/gruResetAfter.ts, four units at a time; same letters and labels. The gates of a unit are
 * a `block` of H numbers apart. Pointers, `block` and j are in bytes; pointers advance by rows, j within a
 * row.
 */
import { loadLanes, storeLanes } from './lanes';
import { sigmoid4, tanh4 } from './math';
import { multiplyAdd } from './multiplyAdd';
import { oneMinus, sigmoidSlope, tanhSlope } from './slopes';

/**
 * gate [B,3·H], overwritten; s [B,3·H] and hPrev [B,H] read; h [B,H] written.
 * Two passes over each row: n depends on r, and a single pass would stall on it.
 */
export function gruResetAfterForward(B: i32, H: i32, gate: usize, s: usize, hPrev: usize, h: usize): void {
  const block = H * 4;
  for (let b = 0; b < B; b++, gate += 3 * block, s += 3 * block, hPrev += block, h += block) {
    let j = 0;
    for (; j <= block - 16; j += 16) forwardGates(4, gate + j, s + j, block);
    if (j < block) forwardGates((block - j) >> 2, gate + j, s + j, block);

    j = 0;
    for (; j <= block - 16; j += 16) forwardState(4, gate + j, s + j, block, hPrev + j, h + j);
    if (j < block) forwardState((block - j) >> 2, gate + j, s + j, block, hPrev + j, h + j);
  }
}

// `lanes` is 4, or less at the end of a row. The constant 4 specializes the function to plain loads.
@inline
function forwardGates(lanes: i32, gate: usize, s: usize, block: i32): void {
  const z = sigmoid4(f32x4.add(loadLanes(gate, lanes), loadLanes(s, lanes))); // A2
  storeLanes(gate, z, lanes);
  const r = sigmoid4(f32x4.add(loadLanes(gate + block, lanes), loadLanes(s + block, lanes)));
  storeLanes(gate + block, r, lanes);
}

@inline
function forwardState(lanes: i32, gate: usize, s: usize, block: i32, hPrev: usize, h: usize): void {
  const z = loadLanes(gate, lanes);
  const r = loadLanes(gate + block, lanes);
  const an = multiplyAdd(r, loadLanes(s + 2 * block, lanes), loadLanes(gate + 2 * block, lanes));
  const n = tanh4(an); // A3
  storeLanes(gate + 2 * block, n, lanes);
  storeLanes(h, multiplyAdd(z, loadLanes(hPrev, lanes), f32x4.mul(oneMinus(z), n)), lanes); // A4
}

/** gate and s [B,3·H], hPrev and dh [B,H] read; dA and ds [B,3·H] and dhPrev [B,H] written. */
export function gruResetAfterBackward(
  B: i32, H: i32, gate: usize, s: usize, hPrev: usize, dh: usize, dA: usize, ds: usize, dhPrev: usize,
): void {
  const block = H * 4;
  for (let b = 0; b < B; b++) {
    let j = 0;
    for (; j <= block - 16; j += 16) {
      backward(4, gate + j, s + j, block, hPrev + j, dh + j, dA + j, ds + j, dhPrev + j);
    }
    if (j < block) {
      backward((block - j) >> 2, gate + j, s + j, block, hPrev + j, dh + j, dA + j, ds + j, dhPrev + j);
    }
    gate += 3 * block, s += 3 * block, dA += 3 * block, ds += 3 * block;
    hPrev += block, dh += block, dhPrev += block;
  }
}

@inline
function backward(
  lanes: i32, gate: usize, s: usize, block: i32, hPrev: usize, dh: usize, dA: usize, ds: usize, dhPrev: usize,
): void {
  const z = loadLanes(gate, lanes);
  const r = loadLanes(gate + block, lanes);
  const n = loadLanes(gate + 2 * block, lanes);
  const dH = loadLanes(dh, lanes);

  const dz = f32x4.mul(dH, f32x4.sub(loadLanes(hPrev, lanes), n)); // A5
  const dn = f32x4.mul(dH, oneMinus(z));
  storeLanes(dhPrev, f32x4.mul(dH, z), lanes);
  const dan = f32x4.mul(dn, tanhSlope(n)); // A6
  const dr = f32x4.mul(dan, loadLanes(s + 2 * block, lanes)); // A7
  const daz = f32x4.mul(dz, sigmoidSlope(z)); // A8
  const dar = f32x4.mul(dr, sigmoidSlope(r));

  storeLanes(dA, daz, lanes);
  storeLanes(ds, daz, lanes);
  storeLanes(dA + block, dar, lanes);
  storeLanes(ds + block, dar, lanes);
  storeLanes(dA + 2 * block, dan, lanes);
  storeLanes(ds + 2 * block, f32x4.mul(dan, r), lanes); // A7
}
