import { readOptions, requireNumber } from '../checks.js';
import { rateAt, requireLearningRate, type Rate } from '../schedules/schedule.js';
import { requireEpsilon, type EpsilonPlacement } from './epsilon.js';
import type { Optimizer } from './optimizer.js';

/** Options of Adam. */
export interface AdamOptions {
  /** The learning rate, a number or a schedule. Default 0.001. */
  rate?: Rate;
  /** Decay of the running mean per step, from 0 to below 1. Default 0.9. */
  beta1?: number;
  /** Decay of the running mean square per step, from 0 to below 1. Default 0.999. */
  beta2?: number;
  /** Added to the root of the mean square, above 0. Default 1e-7. */
  epsilon?: number;
  /**
   * 'keras' adds epsilon to the root before the mean square is corrected for its start at 0, 'pytorch' (and
   * tfjs) after. Default 'keras'.
   */
  epsilonPlacement?: EpsilonPlacement;
  /** Decoupled weight decay, as in AdamW: w -= rate · weightDecay · w, before the step. Default 0. */
  weightDecay?: number;
}

const DEFAULTS: Required<AdamOptions> = {
  rate: 1e-3,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-7,
  epsilonPlacement: 'keras',
  weightDecay: 0,
};

/**
 * Mean gradient over root mean square, both corrected for starting at 0. (Kingma and Ba 2015, section 2;
 * `weightDecay`: Loshchilov and Hutter 2019, algorithm 2. Keras and PyTorch: Adam, AdamW; tfjs: adam.)
 * @throws RangeError when an option is out of its range
 */
export function adam(options: AdamOptions = {}): Optimizer {
  const { rate, beta1, beta2, epsilon, epsilonPlacement, weightDecay } = readOptions(
    'adam',
    options,
    DEFAULTS,
  );
  requireLearningRate('adam: rate', rate);
  requireNumber('adam: beta1', beta1, { least: 0, below: 1 });
  requireNumber('adam: beta2', beta2, { least: 0, below: 1 });
  requireEpsilon('adam', epsilon, epsilonPlacement);
  requireNumber('adam: weightDecay', weightDecay, { least: 0 });
  return {
    name: 'adam',
    rate,
    memory: ['mean', 'meanSquare'],
    update(k, w, g, [mean, meanSquare], step) {
      const now = rateAt(rate, step);
      if (weightDecay) k.decay(w, now * weightDecay);
      // With v̂ = v / c², c = √(1 - β₂ᵗ):  m̂ / (√v̂ + ε) = (c / (1 - β₁ᵗ)) m / (√v + c ε).
      const c = Math.sqrt(1 - beta2 ** step);
      const corrected = (now * c) / (1 - beta1 ** step);
      const added = epsilonPlacement === 'keras' ? epsilon : c * epsilon;
      k.adam(w, g, mean!, meanSquare!, corrected, beta1, beta2, added);
    },
  };
}
