/** The loops of cells/rnn.ts, four units at a time. Rows do not matter: [B,H] is one row of B·H. */
import { loadLanes, storeLanes } from './lanes';
import { tanh4 } from './math';
import { tanhSlope } from './slopes';

/** h = tanh(a) */
export function rnnForward(B: i32, H: i32, a: usize, h: usize): void {
  const end = B * H * 4;
  let j = 0;
  for (; j <= end - 16; j += 16) forward(4, a + j, h + j);
  if (j < end) forward((end - j) >> 2, a + j, h + j);
}

@inline
function forward(lanes: i32, a: usize, h: usize): void {
  storeLanes(h, tanh4(loadLanes(a, lanes)), lanes);
}

/** da = dh * (1 - h²) */
export function rnnBackward(B: i32, H: i32, h: usize, dh: usize, da: usize): void {
  const end = B * H * 4;
  let j = 0;
  for (; j <= end - 16; j += 16) backward(4, h + j, dh + j, da + j);
  if (j < end) backward((end - j) >> 2, h + j, dh + j, da + j);
}

@inline
function backward(lanes: i32, h: usize, dh: usize, da: usize): void {
  storeLanes(da, f32x4.mul(loadLanes(dh, lanes), tanhSlope(loadLanes(h, lanes))), lanes);
}
