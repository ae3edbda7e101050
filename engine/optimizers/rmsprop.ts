import { readOptions, requireNumber } from '../checks.js';
import { rateAt, requireLearningRate, type Rate } from '../schedules/schedule.js';
import { placeEpsilon, requireEpsilon, type EpsilonPlacement } from './epsilon.js';
import type { Optimizer } from './optimizer.js';

/** Options of RMSprop. */
export interface RmspropOptions {
  /** The learning rate, a number or a schedule. Default 0.001. */
  rate?: Rate;
  /** Decay of the running mean square per step, from 0 to below 1. Default 0.9. */
  rho?: number;
  /** Keeps the step small where gradients are, above 0. Default 1e-7. */
  epsilon?: number;
  /** 'keras' divides by √(s + epsilon), 'pytorch' by √s + epsilon, a larger number. Default 'keras'. */
  epsilonPlacement?: EpsilonPlacement;
  /** Decoupled weight decay: w -= rate · weightDecay · w, before the step. Default 0. */
  weightDecay?: number;
}

const DEFAULTS: Required<RmspropOptions> = {
  rate: 1e-3,
  rho: 0.9,
  epsilon: 1e-7,
  epsilonPlacement: 'keras',
  weightDecay: 0,
};

/**
 * Gradient over root mean square. (Tieleman and Hinton 2012, lecture 6e; Keras: RMSprop; PyTorch: RMSprop,
 * where rho is alpha; tfjs: rmsprop.)
 * @throws RangeError when an option is out of its range
 */
export function rmsprop(options: RmspropOptions = {}): Optimizer {
  const { rate, rho, epsilon, epsilonPlacement, weightDecay } = readOptions('rmsprop', options, DEFAULTS);
  requireLearningRate('rmsprop: rate', rate);
  requireNumber('rmsprop: rho', rho, { least: 0, below: 1 });
  requireEpsilon('rmsprop', epsilon, epsilonPlacement);
  requireNumber('rmsprop: weightDecay', weightDecay, { least: 0 });
  const { inside, outside } = placeEpsilon(epsilon, epsilonPlacement);
  return {
    name: 'rmsprop',
    rate,
    memory: ['meanSquare'],
    update(k, w, g, [meanSquare], step) {
      const now = rateAt(rate, step);
      if (weightDecay) k.decay(w, now * weightDecay);
      k.rmsprop(w, g, meanSquare!, now, rho, inside, outside);
    },
  };
}
