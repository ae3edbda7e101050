/**
 * Optimizers: plain values that say how many arrays of memory they keep and how one step is taken.
 * Formulas and defaults are Keras's. Sorted by increasing complexity.
 */
import type { Kernels } from './kernels.js';
import type { Tensor } from './tensor.js';

/** How one step is taken, given a gradient. */
export interface Optimizer {
  readonly name: string;
  /** Names of the arrays kept between steps, each as long as the parameters: velocity, moments. */
  readonly memory: readonly string[];
  /**
   * Changes the parameters w, given their gradient g.
   * @param memory the arrays named above, in that order, all 0 before the first step
   * @param step   1 at the first step
   */
  update(k: Kernels, w: Tensor, g: Tensor, memory: readonly Tensor[], step: number): void;
}

/** Gradient descent: v = momentum v - rate g;  w += v. */
export function sgd({ rate = 0.01, momentum = 0 } = {}): Optimizer {
  return {
    name: 'sgd',
    memory: ['velocity'],
    update: (k, w, g, [velocity]) => k.sgd(w, g, velocity!, rate, momentum),
  };
}

/** The gradient divided by the root of its mean square. (Tieleman and Hinton 2012, lecture 6e.) */
export function rmsprop({ rate = 1e-3, rho = 0.9, epsilon = 1e-7 } = {}): Optimizer {
  return {
    name: 'rmsprop',
    memory: ['meanSquare'],
    update: (k, w, g, [meanSquare]) => k.rmsprop(w, g, meanSquare!, rate, rho, epsilon),
  };
}

/** Mean gradient over root mean square, both corrected for their start at 0. (Kingma and Ba 2015, section 2.) */
export function adam({ rate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 } = {}): Optimizer {
  return {
    name: 'adam',
    memory: ['mean', 'meanSquare'],
    update(k, w, g, [mean, meanSquare], step) {
      const corrected = (rate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
      k.adam(w, g, mean!, meanSquare!, corrected, beta1, beta2, epsilon);
    },
  };
}
