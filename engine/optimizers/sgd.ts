import { rateAt, type Rate } from '../schedules/schedule.js';
import type { Optimizer } from './optimizer.js';

/**
 * Gradient descent: v = momentum v - rate g;  w += v. (Polyak 1964; Keras: SGD.)
 * The rate defaults to 0.01, momentum to 0.
 */
export function sgd({ rate = 0.01, momentum = 0 }: { rate?: Rate; momentum?: number } = {}): Optimizer {
  return {
    name: 'sgd',
    memory: ['velocity'],
    update: (k, w, g, [velocity], step) => k.sgd(w, g, velocity!, rateAt(rate, step), momentum),
  };
}
