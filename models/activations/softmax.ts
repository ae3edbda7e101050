import { kernelsOnly, type Tensor } from '../../engine/index.js';
import type { Activation } from './activation.js';

/** The probabilities of N classes, y_n = e^z_n / Σ_j e^z_j for each row; they sum to 1. */
export const softmax: Activation = kernelsOnly({
  name: 'softmax',
  isProbability: true,
  forward: (k, y) => k.softmax(y, y), // Z4
  backward: (k, dz, dy, y) => k.loop('softmax.backward', backward)(dz, dy, y),
});

function backward({ data: dz, shape }: Tensor, { data: dy }: Tensor, { data: y }: Tensor): void {
  const [M, N] = shape as [number, number];
  for (let m = 0; m < M; m++) {
    let sum = 0;
    for (let n = m * N; n < (m + 1) * N; n++) sum += dy[n]! * y[n]!;
    for (let n = m * N; n < (m + 1) * N; n++) dz[n] = y[n]! * (dy[n]! - sum); // Z5
  }
}
