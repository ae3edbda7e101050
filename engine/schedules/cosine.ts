import { readOptions, requireNumber } from '../checks.js';
import type { Schedule } from './schedule.js';

/** Options of a cosine schedule. */
export interface CosineOptions {
  /** The rate of the first step. */
  from: number;
  /** The rate after `steps` steps, and from then on. Default 0. */
  to?: number;
  /** How many steps it takes. */
  steps: number;
}

/**
 * Half a period of a cosine from one rate to another: slow, fast, slow. (Loshchilov and Hutter 2017, equation
 * 5, without restarts; Keras: CosineDecay, alpha = to / from; PyTorch: CosineAnnealingLR, which rises again
 * after `steps`; tfjs has none.)
 * @throws RangeError when a rate is negative, or `steps` is not above 0
 */
export function cosine(options: CosineOptions): Schedule {
  const { from, to, steps } = readOptions('cosine', options, { to: 0 }, ['from', 'steps']);
  requireNumber('cosine: from', from, { least: 0 });
  requireNumber('cosine: to', to, { least: 0 });
  requireNumber('cosine: steps', steps, { above: 0 });
  return (step) => to + ((from - to) * (1 + Math.cos(Math.PI * Math.min(1, (step - 1) / steps)))) / 2;
}
