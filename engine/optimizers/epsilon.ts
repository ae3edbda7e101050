/** Where epsilon stands. Libraries differ, and so do steps where squares are about as small as epsilon. */
import { requireChoice, requireNumber } from '../checks.js';

/** The libraries whose placement of epsilon is known; each optimizer says what it means. */
export type EpsilonPlacement = 'keras' | 'pytorch';

/** What divides a gradient is √(s + inside) + outside, for a mean or sum of squares s. */
export interface PlacedEpsilon {
  readonly inside: number;
  readonly outside: number;
}

/** RMSprop and Adagrad: Keras adds epsilon under the root, PyTorch to the root. */
export function placeEpsilon(epsilon: number, placement: EpsilonPlacement): PlacedEpsilon {
  return placement === 'keras' ? { inside: epsilon, outside: 0 } : { inside: 0, outside: epsilon };
}

/** @throws RangeError unless epsilon is above 0, without which a gradient of 0 gives 0 / 0 */
export function requireEpsilon(of: string, epsilon: unknown, placement: unknown): void {
  requireNumber(`${of}: epsilon`, epsilon, { above: 0 });
  requireChoice(`${of}: epsilonPlacement`, placement, ['keras', 'pytorch']);
}
