/** What an optimizer is: a plain value that says how many arrays of memory it keeps and how one step is taken. */
import type { Kernels } from '../kernels.js';
import type { Tensor } from '../tensor.js';

/** How one step is taken, given a gradient. */
export interface Optimizer {
  readonly name: string;
  /** Names of the arrays kept between steps, each as long as the parameters: velocity, moments. */
  readonly memory: readonly string[];
  /**
   * Changes the parameters w, given their gradient g. A loop over `.data` is as right as a kernel, and slower.
   * @param memory the arrays named above, in that order, all 0 before the first step
   * @param step   1 at the first step
   */
  update(k: Kernels, w: Tensor, g: Tensor, memory: readonly Tensor[], step: number): void;
}
