/**
 * The optimizers, with Keras's formulas and defaults. To add one, write its file and list it here; the tests
 * run over this list.
 */
import { adagrad } from './adagrad.js';
import { adam } from './adam.js';
import type { Optimizer } from './optimizer.js';
import { rmsprop } from './rmsprop.js';
import { sgd } from './sgd.js';

export type { AdagradOptions } from './adagrad.js';
export type { AdamOptions } from './adam.js';
export type { EpsilonPlacement } from './epsilon.js';
export type { Optimizer } from './optimizer.js';
export type { RmspropOptions } from './rmsprop.js';
export type { SgdOptions } from './sgd.js';
export { adagrad, adam, rmsprop, sgd };

/** Every optimizer, by name; each makes one from its options, all of which have defaults. */
export const optimizers = {
  /** {@link sgd} */
  sgd,
  /** {@link rmsprop} */
  rmsprop,
  /** {@link adagrad} */
  adagrad,
  /** {@link adam} */
  adam,
} satisfies Record<string, () => Optimizer>;
