import { readOptions, requireChoice, requireNumber } from '../checks.js';
import { rateAt, requireLearningRate, type Rate } from '../schedules/schedule.js';
import type { Optimizer } from './optimizer.js';

/** Options of gradient descent. */
export interface SgdOptions {
  /** The learning rate, a number or a schedule. Default 0.01. */
  rate?: Rate;
  /** How much of the velocity is kept from step to step, from 0 to below 1. Default 0. */
  momentum?: number;
  /** Whether the step looks ahead: it takes momentum v - rate g, with the new v. Default false. */
  nesterov?: boolean;
  /** Decoupled weight decay: w -= rate · weightDecay · w, before the step. Default 0. */
  weightDecay?: number;
}

const DEFAULTS: Required<SgdOptions> = { rate: 0.01, momentum: 0, nesterov: false, weightDecay: 0 };

/**
 * Gradient descent: v = momentum v - rate g;  w += v. (Polyak 1964; `nesterov`: Nesterov 1983, in the form of
 * Sutskever et al. 2013; `weightDecay`: Loshchilov and Hutter 2019. Keras and PyTorch: SGD; tfjs: sgd and
 * momentum.)
 * @throws RangeError when an option is out of its range
 */
export function sgd(options: SgdOptions = {}): Optimizer {
  const { rate, momentum, nesterov, weightDecay } = readOptions('sgd', options, DEFAULTS);
  requireLearningRate('sgd: rate', rate);
  requireNumber('sgd: momentum', momentum, { least: 0, below: 1 });
  requireChoice('sgd: nesterov', nesterov, [false, true]);
  requireNumber('sgd: weightDecay', weightDecay, { least: 0 });
  return {
    name: 'sgd',
    rate,
    memory: ['velocity'],
    update(k, w, g, [velocity], step) {
      const now = rateAt(rate, step);
      if (weightDecay) k.decay(w, now * weightDecay);
      k.sgd(w, g, velocity!, now, momentum, nesterov);
    },
  };
}
