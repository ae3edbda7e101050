import { readOptions, requireNumber } from '../checks.js';
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
 * Linear from one rate to another: smaller steps disturb nearly trained weights less.
 * (Keras: PolynomialDecay of power 1; PyTorch: LinearLR; tfjs has none.)
 * @throws RangeError when a rate is negative, or `steps` is not above 0
 */
export function linear(options: LinearOptions): Schedule {
  const { from, to, steps } = readOptions('linear', options, { to: 0 }, ['from', 'steps']);
  requireNumber('linear: from', from, { least: 0 });
  requireNumber('linear: to', to, { least: 0 });
  requireNumber('linear: steps', steps, { above: 0 });
  return (step) => from + (to - from) * Math.min(1, (step - 1) / steps);
}
