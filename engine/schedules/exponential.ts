import { readOptions, requireChoice, requireNumber } from '../checks.js';
import type { Schedule } from './schedule.js';

/** Options of an exponential schedule. */
export interface ExponentialOptions {
  /** The rate of the first step. */
  from: number;
  /** What the rate is multiplied by in `steps` steps: 0.5 halves it. */
  factor: number;
  /** How many steps that takes. */
  steps: number;
  /** Whether the rate changes only every `steps` steps, then by the whole factor. Default false. */
  staircase?: boolean;
}

/**
 * The same factor for every stretch of steps.
 * (Keras: ExponentialDecay; PyTorch: ExponentialLR and, as a staircase, StepLR; tfjs has none.)
 * @throws RangeError when `from` is negative, or `factor` or `steps` is not above 0
 */
export function exponential(options: ExponentialOptions): Schedule {
  const required = ['from', 'factor', 'steps'] as const;
  const { from, factor, steps, staircase } = readOptions(
    'exponential',
    options,
    { staircase: false },
    required,
  );
  requireNumber('exponential: from', from, { least: 0 });
  requireNumber('exponential: factor', factor, { above: 0 });
  requireNumber('exponential: steps', steps, { above: 0 });
  requireChoice('exponential: staircase', staircase, [false, true]);
  const whole = staircase ? Math.floor : (x: number) => x;
  return (step) => from * factor ** whole((step - 1) / steps);
}
