import { readOptions, requireNumber, requireWhole } from '../checks.js';
import { linear } from './linear.js';
import { piecewise } from './piecewise.js';
import { rateAt, requireLearningRate, type Rate, type Schedule } from './schedule.js';

/** Options of a warm-up. */
export interface WarmupOptions {
  /** The rate of the first step. Default 0. */
  from?: number;
  /** How many steps the rate rises. */
  steps: number;
  /** What follows: a rate or a schedule, which then begins with its step 1. */
  then: Rate;
}

/**
 * Linear up to the first rate of what follows: the first gradients, of random weights, and the first means of
 * Adam say little. (Goyal et al. 2017, section 2.2; Keras: CosineDecay with warmup_target and warmup_steps;
 * PyTorch: LinearLR within SequentialLR; tfjs has none.)
 * @throws RangeError when a rate is negative, or `steps` is no whole number of at least 1
 */
export function warmup(options: WarmupOptions): Schedule {
  const { from, steps, then } = readOptions('warmup', options, { from: 0 }, ['steps', 'then']);
  requireNumber('warmup: from', from, { least: 0 });
  requireWhole('warmup: steps', steps);
  requireLearningRate('warmup: then', then);
  return piecewise({ rates: [linear({ from, to: rateAt(then, 1), steps }), then], milestones: [steps] });
}
