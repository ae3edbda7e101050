/** The losses. To add one, write its file and list it here; tests and gradient checks follow. */
import { binaryCrossEntropy } from './binaryCrossEntropy.js';
import type { Loss } from './loss.js';
import { meanSquaredError } from './meanSquaredError.js';
import { softmaxCrossEntropy } from './softmaxCrossEntropy.js';

export { elementwiseLoss } from './elementwise.js';
export type { Loss } from './loss.js';
export { binaryCrossEntropy, meanSquaredError, softmaxCrossEntropy };

/** Every loss, by name. */
export const losses = { softmaxCrossEntropy, binaryCrossEntropy, meanSquaredError } satisfies Record<
  string,
  Loss<never>
>;

/** Names of the losses. */
export type LossName = keyof typeof losses;
