/** The loops of cells/rnn.ts, four units at a time. Rows do not matter: [B,H] is one row of B·H. */
import { loadLanes, storeLanes } from './lanes';
import { tanh4 } from './math';
import { tanhSlope } from './slopes';

/** h = tanh(a) */
export function rnnForward(B: i32, H: i32, a: usize, h: usize): void {
  let n = B * H;
  for (; n >= 4; n -= 4, a += 16, h += 16) v128.store(h, tanh4(v128.load(a)));
  if (n > 0) storeLanes(h, tanh4(loadLanes(a, n)), n);
}

/** da = dh * (1 - h²) */
export function rnnBackward(B: i32, H: i32, h: usize, dh: usize, da: usize): void {
  let n = B * H;
  for (; n >= 4; n -= 4, h += 16, dh += 16, da += 16) {
    v128.store(da, f32x4.mul(v128.load(dh), tanhSlope(v128.load(h))));
  }
  if (n > 0) storeLanes(da, f32x4.mul(loadLanes(dh, n), tanhSlope(loadLanes(h, n))), n);
}
