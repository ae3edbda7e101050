import { rateAt, type Rate } from '../schedules/schedule.js';
import type { Optimizer } from './optimizer.js';

/** Options of RMSprop. */
export interface RmspropOptions {
  /** The learning rate, a number or a schedule. Default 0.001. */
  rate?: Rate;
  /** Decay of the running mean square per step. Default 0.9. */
  rho?: number;
  /** Added to the mean square under the root, as in Keras. Default 1e-7. */
  epsilon?: number;
}

/** Gradient over root mean square. (Tieleman and Hinton 2012, lecture 6e; Keras: RMSprop.) */
export function rmsprop({ rate = 1e-3, rho = 0.9, epsilon = 1e-7 }: RmspropOptions = {}): Optimizer {
  return {
    name: 'rmsprop',
    memory: ['meanSquare'],
    update: (k, w, g, [meanSquare], step) => k.rmsprop(w, g, meanSquare!, rateAt(rate, step), rho, epsilon),
  };
}
