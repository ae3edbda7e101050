/** For inspection: the gradient that an LSTM's cell state receives from the output of the same step. */
import type { Tensor } from '../engine/index.js';
import type { Named } from './cell.js';

/**
 * dc += dh * o * (1 - tanh²(c)), because h = o * tanh(c) (L6). The output gate is the last block of `a`.
 * @param a     [M,G·H], the gates' outputs
 * @param tanhC [M,H]
 * @param total dLoss/dh and dLoss/dc so far, [M,H]
 */
export function addOutputGradient(a: Tensor, tanhC: Tensor, { h: dh, c: dc }: Named<'h' | 'c'>): void {
  const [M, H] = dh.shape as [number, number];
  const width = a.shape[1]!;
  for (let m = 0, n = 0; m < M; m++) {
    for (let j = width * (m + 1) - H; j < width * (m + 1); j++, n++) {
      const tc = tanhC.data[n]!;
      dc.data[n]! += dh.data[n]! * a.data[j]! * (1 - tc * tc);
    }
  }
}
