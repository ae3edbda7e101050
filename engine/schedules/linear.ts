import type { Schedule } from './schedule.js';

/** Options of a linear schedule. */
export interface LinearOptions {
  /** The rate of the first step. */
  from: number;
  /** The rate after `steps` steps, and from then on. Default 0. */
  to?: number;
  /** How many steps it takes. */
  steps: number;
}

/**
 * Linear from one rate to another: smaller steps disturb nearly trained weights less. (PyTorch: LinearLR.)
 */
export function linear({ from, to = 0, steps }: LinearOptions): Schedule {
  if (!(steps > 0)) throw new RangeError(`linear: steps must be above 0, not ${steps}`);
  return (step) => from + (to - from) * Math.min(1, (step - 1) / steps);
}
