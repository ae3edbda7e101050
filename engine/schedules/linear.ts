import type { Schedule } from './schedule.js';

/** Where a linear schedule begins and ends. */
export interface LinearOptions {
  /** The rate of the first step. */
  from: number;
  /** The rate after `steps` steps, and from then on. Default 0. */
  to?: number;
  /** How many steps it takes. */
  steps: number;
}

/** From one rate to another in a straight line: what is nearly right is disturbed less and less. (PyTorch: LinearLR.) */
export function linear({ from, to = 0, steps }: LinearOptions): Schedule {
  return (step) => from + (to - from) * Math.min(1, (step - 1) / steps);
}
