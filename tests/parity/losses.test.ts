import { describe, test } from '@jest/globals';
import { createRandom, type Kernels, type Tensor } from '../../models/index.js';
import { onOneThread } from '../kernels.js';
import { toTfjs } from './copyWeights.js';
import { expectEqualResults } from './difference.js';
import { draw } from './network.js';
import { tf } from './tfjs.js';

const [ROWS, COLUMNS] = [6, 5];
const random = createRandom(2);

/** Our loss and that of tfjs on the same labels; `column` has the weights in the shape of tfjs, [M,1]. */
interface Pair {
  ours(dx: Tensor, x: Tensor, weights: Tensor): number;
  theirs(x: tf.Tensor, weights: tf.Tensor, column: tf.Tensor): tf.Tensor;
}

/** The losses that tfjs has as well. */
const pairs: Readonly<Record<string, (k: Kernels) => Pair>> = {
  softmaxCrossEntropy(k) {
    const labels = k.indices(ROWS);
    for (let m = 0; m < ROWS; m++) labels.set(m, random.integer(COLUMNS));
    const oneHot = tf.oneHot(Array.from(labels.data), COLUMNS);
    return {
      ours: (dx, x, weights) => k.softmaxCrossEntropy(dx, x, labels, weights),
      theirs: (x, weights) => tf.losses.softmaxCrossEntropy(oneHot, x, weights),
    };
  },

  binaryCrossEntropy(k) {
    const y = k.zeros(ROWS, COLUMNS);
    for (let m = 0; m < ROWS; m++) for (let n = 0; n < COLUMNS; n++) y.set(m, n, random.integer(5) / 4);
    return {
      ours: (dx, x, weights) => k.binaryCrossEntropy(dx, x, y, weights),
      theirs: (x, _, column) => tf.losses.sigmoidCrossEntropy(toTfjs(y), x, column),
    };
  },

  meanSquaredError(k) {
    const y = k.zeros(ROWS, COLUMNS);
    draw(y, random, 1);
    return {
      ours: (dx, x, weights) => k.meanSquaredError(dx, x, y, weights),
      theirs: (x, _, column) => tf.losses.meanSquaredError(toTfjs(y), x, column),
    };
  },
};

// Above 88 the exponential function overflows float32.
const cases = Object.entries(pairs).flatMap(([loss, pair]) => [1, 100].map((size) => ({ loss, pair, size })));

describe.each(onOneThread)('on $name kernels', ({ kernels: k }) => {
  test.each(cases)('$loss of numbers up to $size, and its derivative, equal those of tfjs', (given) => {
    compare(k, given.pair(k), given.size, () => 1);
  });

  test.each(cases)('$loss of numbers up to $size with rows of weight 0 equals that of tfjs', (given) => {
    compare(k, given.pair(k), given.size, (m) => m % 2);
  });
});

function compare(k: Kernels, pair: Pair, size: number, weightOf: (m: number) => number): void {
  const [x, dx, w] = [k.zeros(ROWS, COLUMNS), k.zeros(ROWS, COLUMNS), k.zeros(ROWS)];
  draw(x, random, size);
  for (let m = 0; m < ROWS; m++) w.set(m, weightOf(m));

  const ours = pair.ours(dx, x, w);
  const { value, grad } = tf.valueAndGrad((x) => pair.theirs(x, toTfjs(w), toTfjs(w, [ROWS, 1])))(toTfjs(x));

  expectEqualResults({ value: [ours], dx: dx.data }, { value: value.dataSync(), dx: grad.dataSync() });
}
