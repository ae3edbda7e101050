/** Softmax cross-entropy: the loss and, with it, its gradient. */
import * as tf from '@tensorflow/tfjs-core';
import type { Comparison } from '../comparison.js';
import type { KernelSet } from '../kernelSets.js';
import type { Competitor } from '../measure.js';
import type { Backend } from '../tfjs.js';
import { randomTensor } from './random.js';

const [ROWS, CLASSES] = [8000, 46];
const labels = Int32Array.from({ length: ROWS }, (_, row) => row % CLASSES);

export const softmaxComparison = (sets: readonly KernelSet[], backends: readonly Backend[]): Comparison => ({
  title: `Softmax cross-entropy and its gradient, ${ROWS} x ${CLASSES}`,
  competitors: [...sets.map(ours), ...backends.map(theirs)],
});

function ours({ id, name, kernels: k }: KernelSet): Competitor {
  const [dx, x, classes] = [k.zeros(ROWS, CLASSES), randomTensor(k, ROWS, CLASSES), k.indices(ROWS)];
  classes.data.set(labels);
  return { id, name, run: () => k.softmaxCrossEntropy(dx, x, classes) };
}

function theirs({ id, name, use }: Backend): Competitor {
  const x = tf.randomUniform<tf.Rank.R2>([ROWS, CLASSES], -1, 1);
  const rows = tf.oneHot(tf.tensor1d(labels, 'int32'), CLASSES, 1, 0, 'float32');
  const both = tf.valueAndGrad((logits) => tf.losses.softmaxCrossEntropy(rows, logits));
  const run = () => {
    const { value, grad } = both(x);
    value.dataSync();
    tf.dispose([value, grad]);
  };
  return { id, name, prepare: use, run };
}
