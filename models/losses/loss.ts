/** What a loss is: a value with a name, the form of its labels, and its arithmetic. */
import type { Indices, Kernels, Tensor } from '../../engine/index.js';

/** A loss. Y is the form of its labels. */
export interface Loss<Y extends Tensor | Indices = Tensor | Indices> {
  /** The name of its node in the graph. */
  readonly name: string;
  /** What the labels are: `classes`, a row number [M]; or `targets`, numbers in the shape of the output [M,N]. */
  readonly labels: 'classes' | 'targets';
  /**
   * The loss and, in the same pass, its derivative. It is a mean over rows, L = Σ_m w_m ℓ_m / Σ_m w_m; a row of weight 0
   * may hold anything, and where no row counts, L = 0.
   * @param dx      dL/dx, to be written; null: it is not wanted
   * @param x       what the model says [M,N]
   * @param weights w [M]; none: all are 1
   */
  forward(k: Kernels, dx: Tensor | null, x: Tensor, labels: Y, weights?: Tensor): number;
}
