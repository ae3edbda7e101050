/**
 * The loops of cells/lstmPeephole.ts, four units at a time; same letters and labels. The gates of a unit, and
 * its peepholes, are a `block` of H numbers apart. Pointers, `block` and j are in bytes; pointers advance by
 * rows, except p, which all rows share; j advances within a row.
 */
import { loadLanes, storeLanes } from './lanes';
import { sigmoid4, tanh4 } from './math';
import { multiplyAdd } from './multiplyAdd';
import { sigmoidSlope, tanhSlope } from './slopes';

/**
 * gate [B,4·H], overwritten; p [3·H] and cPrev [B,H] read; c, h and tanhC [B,H] written.
 * Two passes, as in the LSTM; the output gate is in the second, because it depends on c.
 */
export function peepholeForward(
  B: i32, H: i32, gate: usize, p: usize, cPrev: usize, c: usize, h: usize, tanhC: usize,
): void {
  const block = H * 4;
  for (let b = 0; b < B; b++, gate += 4 * block, cPrev += block, c += block, h += block, tanhC += block) {
    let j = 0;
    for (; j <= block - 16; j += 16) forwardGates(4, gate + j, p + j, block, cPrev + j, c + j);
    if (j < block) forwardGates((block - j) >> 2, gate + j, p + j, block, cPrev + j, c + j);

    j = 0;
    for (; j <= block - 16; j += 16) forwardState(4, gate + j, p + j, block, c + j, h + j, tanhC + j);
    if (j < block) forwardState((block - j) >> 2, gate + j, p + j, block, c + j, h + j, tanhC + j);
  }
}

// `lanes` is 4, or less at the end of a row. The constant 4 specializes the function to plain loads.
@inline
function forwardGates(lanes: i32, gate: usize, p: usize, block: i32, cPrev: usize, c: usize): void {
  const before = loadLanes(cPrev, lanes);
  const i = sigmoid4(multiplyAdd(loadLanes(p, lanes), before, loadLanes(gate, lanes))); // Q2
  storeLanes(gate, i, lanes);
  const f = sigmoid4(multiplyAdd(loadLanes(p + block, lanes), before, loadLanes(gate + block, lanes)));
  storeLanes(gate + block, f, lanes);
  const g = tanh4(loadLanes(gate + 2 * block, lanes));
  storeLanes(gate + 2 * block, g, lanes);
  storeLanes(c, multiplyAdd(i, g, f32x4.mul(f, before)), lanes); // Q3
}

@inline
function forwardState(lanes: i32, gate: usize, p: usize, block: i32, c: usize, h: usize, tanhC: usize): void {
  const C = loadLanes(c, lanes);
  // Q4
  const o = sigmoid4(multiplyAdd(loadLanes(p + 2 * block, lanes), C, loadLanes(gate + 3 * block, lanes)));
  storeLanes(gate + 3 * block, o, lanes);
  const tc = tanh4(C);
  storeLanes(tanhC, tc, lanes);
  storeLanes(h, f32x4.mul(o, tc), lanes); // Q5
}

/**
 * gate [B,4·H], p [3·H], cPrev, c, tanhC, dh and dc [B,H] read;
 * dA [B,4·H], dcPrev [B,H] and dp [B,3·H] written.
 */
export function peepholeBackward(
  B: i32, H: i32, gate: usize, p: usize, cPrev: usize, c: usize, tanhC: usize, dh: usize, dc: usize,
  dA: usize, dcPrev: usize, dp: usize,
): void {
  const block = H * 4;
  for (let b = 0; b < B; b++) {
    let j = 0;
    for (; j <= block - 16; j += 16) {
      backward(
        4, gate + j, p + j, block, cPrev + j, c + j, tanhC + j, dh + j, dc + j, dA + j, dcPrev + j, dp + j,
      );
    }
    if (j < block) {
      const rest = (block - j) >> 2;
      backward(
        rest, gate + j, p + j, block, cPrev + j, c + j, tanhC + j, dh + j, dc + j, dA + j, dcPrev + j, dp + j,
      );
    }
    gate += 4 * block, dA += 4 * block, dp += 3 * block;
    cPrev += block, c += block, tanhC += block, dh += block, dc += block, dcPrev += block;
  }
}

@inline
function backward(
  lanes: i32, gate: usize, p: usize, block: i32, cPrev: usize, c: usize, tanhC: usize, dh: usize, dc: usize,
  dA: usize, dcPrev: usize, dp: usize,
): void {
  const i = loadLanes(gate, lanes);
  const f = loadLanes(gate + block, lanes);
  const g = loadLanes(gate + 2 * block, lanes);
  const o = loadLanes(gate + 3 * block, lanes);
  const before = loadLanes(cPrev, lanes);
  const tc = loadLanes(tanhC, lanes);
  const dH = loadLanes(dh, lanes);

  const dO = f32x4.mul(dH, tc); // Q6
  const dao = f32x4.mul(dO, sigmoidSlope(o));
  const fromH = multiplyAdd(f32x4.mul(dH, o), tanhSlope(tc), loadLanes(dc, lanes)); // Q7
  const dC = multiplyAdd(dao, loadLanes(p + 2 * block, lanes), fromH);
  const di = f32x4.mul(dC, g); // Q8
  const df = f32x4.mul(dC, before);
  const dg = f32x4.mul(dC, i);
  const dai = f32x4.mul(di, sigmoidSlope(i)); // Q9
  const daf = f32x4.mul(df, sigmoidSlope(f));
  const throughI = multiplyAdd(dai, loadLanes(p, lanes), f32x4.mul(dC, f)); // Q10
  storeLanes(dcPrev, multiplyAdd(daf, loadLanes(p + block, lanes), throughI), lanes);

  storeLanes(dA, dai, lanes);
  storeLanes(dA + block, daf, lanes);
  storeLanes(dA + 2 * block, f32x4.mul(dg, tanhSlope(g)), lanes); // Q9
  storeLanes(dA + 3 * block, dao, lanes);
  storeLanes(dp, f32x4.mul(dai, before), lanes); // Q13
  storeLanes(dp + block, f32x4.mul(daf, before), lanes);
  storeLanes(dp + 2 * block, f32x4.mul(dao, loadLanes(c, lanes)), lanes);
}
