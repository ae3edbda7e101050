/** What the cells with layer normalization share. */
import type { Kernels } from '../engine/index.js';
import type { Named } from './cell.js';

/** ε of X2. A state of 0 has variance 0; the slope there is 1/√ε = 32, which float32 stands. Keras's default. */
export const EPSILON = 1e-3;

/** Each parameter's gradient += the sum of the rows of its terms, for all time steps at once. */
export function sumEach<P extends string>(k: Kernels, dp: Named<P>, terms: Partial<Named<P>>): void {
  for (const name in terms) k.sumRows(dp[name], terms[name]!);
}
