/** One step of each optimizer over as many parameters as the Alice model has. */
import * as tf from '@tensorflow/tfjs-core';
import { adam, rmsprop, sgd, type Optimizer } from '../../engine/index.js';
import type { Comparison } from '../comparison.js';
import type { KernelSet } from '../kernelSets.js';
import type { Competitor } from '../measure.js';
import type { Backend } from '../tfjs.js';
import { randomTensor } from './random.js';

const PARAMETERS = 27_306;

interface Twins {
  readonly ours: Optimizer;
  readonly theirs: () => tf.Optimizer;
}

const OPTIMIZERS: readonly Twins[] = [
  { ours: sgd({ rate: 1e-3, momentum: 0.9 }), theirs: () => tf.train.momentum(1e-3, 0.9) },
  { ours: rmsprop(), theirs: () => tf.train.rmsprop(1e-3, 0.9, 0, 1e-7) },
  { ours: adam(), theirs: () => tf.train.adam(1e-3, 0.9, 0.999, 1e-7) },
];

export const optimizerComparisons = (
  sets: readonly KernelSet[],
  backends: readonly Backend[],
): Comparison[] =>
  OPTIMIZERS.map((twins) => ({
    title: `A step of ${twins.ours.name} over ${PARAMETERS} parameters`,
    competitors: [
      ...sets.map((set) => ours(twins.ours, set)),
      ...backends.map((backend) => theirs(twins.theirs(), backend)),
    ],
  }));

function ours(optimizer: Optimizer, { id, name, kernels: k }: KernelSet): Competitor {
  const [w, g] = [randomTensor(k, PARAMETERS), randomTensor(k, PARAMETERS)];
  const memory = optimizer.memory.map(() => k.zeros(PARAMETERS));
  return { id, name, run: () => optimizer.update(k, w, g, memory, 1) };
}

function theirs(optimizer: tf.Optimizer, { id, name, use }: Backend): Competitor {
  const w = tf.variable(tf.randomUniform([PARAMETERS], -1, 1));
  const g = tf.randomUniform([PARAMETERS], -1, 1);
  return { id, name, prepare: use, run: () => optimizer.applyGradients({ [w.name]: g }) };
}
