import { rateAt, type Rate } from '../schedules/schedule.js';
import type { Optimizer } from './optimizer.js';

/** Options of gradient descent. */
export interface SgdOptions {
  /** The learning rate, a number or a schedule. Default 0.01. */
  rate?: Rate;
  /** How much of the velocity is kept from step to step. Default 0. */
  momentum?: number;
}

/** Gradient descent: v = momentum v - rate g;  w += v. (Polyak 1964; Keras: SGD.) */
export function sgd({ rate = 0.01, momentum = 0 }: SgdOptions = {}): Optimizer {
  return {
    name: 'sgd',
    memory: ['velocity'],
    update: (k, w, g, [velocity], step) => k.sgd(w, g, velocity!, rateAt(rate, step), momentum),
  };
}
