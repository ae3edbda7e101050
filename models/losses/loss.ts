/** A loss: a value with a name, the form of its labels, and its arithmetic. */
import type { Indices, Kernels, Tensor } from '../../engine/index.js';

/** A loss. Y is the form of its labels. */
export interface Loss<Y extends Tensor | Indices = Tensor | Indices> {
  /** The name of its node in the graph. */
  readonly name: string;
  /** The form of the labels: `classes`, class numbers [M]; `targets`, numbers in the output's shape [M,N]. */
  readonly labels: 'classes' | 'targets';
  /**
   * What makes probabilities of the model's output, its logits; `predict` uses it. A model that already ends in softmax or σ is
   * refused. Default: nothing does.
   */
  readonly link?: 'softmax' | 'sigmoid';
  /** The least and the largest target; others are refused. Default: any finite number. */
  readonly limits?: readonly [least: number, most: number];
  /**
   * Computes the loss and, in the same pass, its derivative. The loss is a mean over rows,
   * L = Σ_m w_m ℓ_m / Σ_m w_m. A row of weight 0 may hold anything; if all weights are 0, L = 0.
   * @param dx      receives dL/dx; null: not needed
   * @param x       the model's output [M,N]
   * @param weights w [M]. Default: all 1
   */
  forward(k: Kernels, dx: Tensor | null, x: Tensor, labels: Y, weights?: Tensor): number;
}
