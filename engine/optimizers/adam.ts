import { rateAt, type Rate } from '../schedules/schedule.js';
import type { Optimizer } from './optimizer.js';

/** Options of Adam. */
export interface AdamOptions {
  /** The learning rate, a number or a schedule. Default 0.001. */
  rate?: Rate;
  /** Decay of the running mean per step. Default 0.9. */
  beta1?: number;
  /** Decay of the running mean square per step. Default 0.999. */
  beta2?: number;
  /** Added to the root of the uncorrected mean square, as in Keras. Default 1e-7. */
  epsilon?: number;
}

/**
 * Mean gradient over root mean square, both corrected for starting at 0.
 * (Kingma and Ba 2015, section 2; Keras: Adam.)
 */
export function adam({
  rate = 1e-3,
  beta1 = 0.9,
  beta2 = 0.999,
  epsilon = 1e-7,
}: AdamOptions = {}): Optimizer {
  return {
    name: 'adam',
    memory: ['mean', 'meanSquare'],
    update(k, w, g, [mean, meanSquare], step) {
      const corrected = (rateAt(rate, step) * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
      k.adam(w, g, mean!, meanSquare!, corrected, beta1, beta2, epsilon);
    },
  };
}
