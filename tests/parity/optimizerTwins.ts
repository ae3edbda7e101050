/** Our optimizers and their equivalents in tfjs. */
import { adagrad, adam, rmsprop, sgd, type Optimizer } from '../../models/index.js';
import { tf } from './tfjs.js';

/**
 * tfjs adds epsilon to √v̂, after the bias correction; Keras adds it to √v and corrects afterwards.
 * With v̂ = v / (1 - β₂ᵗ),
 *
 *   m / (√v + ε)  is proportional to  m / (√v̂ + ε/√(1 - β₂ᵗ)),
 *
 * so with ε/√(1 - β₂ᵗ) tfjs computes Keras's step t.
 */
class KerasAdam extends tf.AdamOptimizer {
  readonly #epsilon: number;
  #step = 0;

  constructor(rate: number, beta1: number, beta2: number, epsilon: number) {
    super(rate, beta1, beta2, epsilon);
    this.#epsilon = epsilon;
  }

  override applyGradients(gradients: Parameters<tf.AdamOptimizer['applyGradients']>[0]): void {
    this.#step++;
    this.epsilon = this.#epsilon / Math.sqrt(1 - this.beta2 ** this.#step);
    super.applyGradients(gradients);
  }
}

export interface OptimizerTwins {
  readonly name: string;
  readonly ours: Optimizer;
  readonly theirs: () => tf.Optimizer;
}

function adamTwins(beta2: number): OptimizerTwins {
  return {
    name: `Adam with β₂ = ${beta2}`,
    ours: adam({ rate: 1e-3, beta2 }),
    theirs: () => new KerasAdam(1e-3, 0.9, beta2, 1e-7),
  };
}

/** Epsilon 1e-7 and the rates are our defaults and Keras's; tfjs gets them explicitly. */
export const optimizers: readonly OptimizerTwins[] = [
  { name: 'SGD', ours: sgd({ rate: 0.1 }), theirs: () => tf.train.sgd(0.1) },
  {
    name: 'SGD with momentum',
    ours: sgd({ rate: 0.1, momentum: 0.9 }),
    theirs: () => tf.train.momentum(0.1, 0.9),
  },
  {
    name: 'SGD with Nesterov momentum',
    ours: sgd({ rate: 0.1, momentum: 0.9, nesterov: true }),
    theirs: () => tf.train.momentum(0.1, 0.9, true),
  },
  { name: 'Adagrad', ours: adagrad({ rate: 0.01 }), theirs: () => tf.train.adagrad(0.01, 0.1) },
  {
    name: "Adam with PyTorch's placement of epsilon",
    ours: adam({ beta2: 63 / 64, epsilonPlacement: 'pytorch' }),
    theirs: () => tf.train.adam(1e-3, 0.9, 63 / 64, 1e-7),
  },
  {
    name: 'RMSprop',
    ours: rmsprop({ rate: 1e-3 }),
    theirs: () => tf.train.rmsprop(1e-3, 0.9, 0, 1e-7),
  },
  // Exact in float32, see below.
  adamTwins(63 / 64),
];

/**
 * Adam in normal use. tfjs keeps β₂ᵗ in float32, where 1 - 0.999 has a relative error of 1.3e-5: too much for
 * comparing the updates, but not for comparing the updated weights.
 */
export const usualAdam = adamTwins(0.999);
