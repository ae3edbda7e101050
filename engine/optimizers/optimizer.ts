/** An optimizer: a plain value that lists the arrays it keeps and computes one step. */
import type { Kernels } from '../kernels.js';
import type { Rate } from '../schedules/schedule.js';
import type { Tensor } from '../tensor.js';

/** Computes a step from a gradient. */
export interface Optimizer {
  readonly name: string;
  /** Its learning rate, so that `fit` can tell it of epochs: see `reduceOnPlateau`. Default: it is not told. */
  readonly rate?: Rate;
  /** Names of the arrays kept between steps, each of the parameters' length: velocity, moments. */
  readonly memory: readonly string[];
  /**
   * Updates the parameters w, given their gradient g. A loop over `.data` works as well as a kernel, but
   * slower.
   * @param memory the arrays named above, in that order, all 0 before the first step
   * @param step   1 at the first step
   */
  update(k: Kernels, w: Tensor, g: Tensor, memory: readonly Tensor[], step: number): void;
}
