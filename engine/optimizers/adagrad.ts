import { readOptions, requireNumber } from '../checks.js';
import { rateAt, requireLearningRate, type Rate } from '../schedules/schedule.js';
import { placeEpsilon, requireEpsilon, type EpsilonPlacement } from './epsilon.js';
import type { Optimizer } from './optimizer.js';

/** Options of Adagrad. */
export interface AdagradOptions {
  /** The learning rate, a number or a schedule. Default 0.001. */
  rate?: Rate;
  /** What the sums of squares begin with: Keras's initial_accumulator_value. Default 0.1; PyTorch has 0. */
  initialSum?: number;
  /** Keeps the step small where gradients are, above 0. Default 1e-7. */
  epsilon?: number;
  /** 'keras' divides by √(s + epsilon), 'pytorch' by √s + epsilon, a larger number. Default 'keras'. */
  epsilonPlacement?: EpsilonPlacement;
  /** Decoupled weight decay: w -= rate · weightDecay · w, before the step. Default 0. */
  weightDecay?: number;
}

const DEFAULTS: Required<AdagradOptions> = {
  rate: 1e-3,
  initialSum: 0.1,
  epsilon: 1e-7,
  epsilonPlacement: 'keras',
  weightDecay: 0,
};

/**
 * Gradient over the root of the sum of all squares so far: steps become smaller, most where gradients are
 * often large. (Duchi, Hazan and Singer 2011; Keras and PyTorch: Adagrad; tfjs: adagrad.)
 * @throws RangeError when an option is out of its range
 */
export function adagrad(options: AdagradOptions = {}): Optimizer {
  const { rate, initialSum, epsilon, epsilonPlacement, weightDecay } = readOptions(
    'adagrad',
    options,
    DEFAULTS,
  );
  requireLearningRate('adagrad: rate', rate);
  requireNumber('adagrad: initialSum', initialSum, { least: 0 });
  requireEpsilon('adagrad', epsilon, epsilonPlacement);
  requireNumber('adagrad: weightDecay', weightDecay, { least: 0 });
  const { inside, outside } = placeEpsilon(epsilon, epsilonPlacement);
  return {
    name: 'adagrad',
    // From 0: what it begins with is added under the root, where it takes no digits of small squares.
    rate,
    memory: ['sumOfSquares'],
    update(k, w, g, [sumOfSquares], step) {
      const now = rateAt(rate, step);
      if (weightDecay) k.decay(w, now * weightDecay);
      k.adagrad(w, g, sumOfSquares!, now, initialSum + inside, outside);
    },
  };
}
