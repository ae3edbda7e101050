/** Training as users of tfjs do it: a compiled sequential model, one-hot rows, `trainOnBatch`. */
import { describe, test } from '@jest/globals';
import {
  cells,
  createModel,
  createRandom,
  createTrainer,
  dense,
  oneHot,
  recurrent,
  rmsprop,
  unroll,
  type Indices,
} from '../../models/index.js';
import { onOneThread } from '../kernels.js';
import { copyWeights } from './copyWeights.js';
import { expectEqualResults } from './difference.js';
import { layers, sequential, tf } from './tfjs.js';

const [BATCH, STEPS, VOCABULARY, UNITS] = [8, 5, 11, 9];
const plain = {
  units: UNITS,
  inputShape: [STEPS, VOCABULARY] as [number, number],
  recurrentInitializer: 'zeros' as const,
};
const gated = { ...plain, recurrentActivation: 'sigmoid' as const };
const theirLayers = {
  rnn: () => layers.simpleRNN(plain),
  lstm: () => layers.lstm(gated),
  gru: () => layers.gru(gated),
};
const theirCells = ['rnn', 'lstm', 'gru'] as const;

describe.each(onOneThread)('on $name kernels', ({ kernels }) => {
  test.each(theirCells)('%s: row lookups train like one-hot rows in tfjs', async (cell) => {
    const model = createModel({
      kernels,
      input: oneHot(VOCABULARY),
      layers: [recurrent(cells[cell], { units: UNITS }), dense(VOCABULARY)],
      seed: 4,
    });
    const graph = unroll(model, { batch: BATCH, steps: STEPS, loss: 'softmaxCrossEntropy' });
    const trainer = createTrainer(model, rmsprop());
    const theirs = sequential({
      layers: [theirLayers[cell](), layers.dense({ units: VOCABULARY, activation: 'softmax' })],
    });
    theirs.compile({ optimizer: tf.train.rmsprop(1e-3, 0.9, 0, 1e-7), loss: 'categoricalCrossentropy' });
    copyWeights(model, theirs.layers);

    const random = createRandom(5);
    const [ids, labels] = [graph.input as Indices, graph.labels];
    for (let step = 0; step < 10; step++) {
      for (let n = 0; n < ids.size; n++) ids.set(n, random.integer(VOCABULARY));
      for (let n = 0; n < labels.size; n++) labels.set(n, random.integer(VOCABULARY));
      const timeMajor = tf.tensor2d(ids.data, [STEPS, BATCH], 'int32');
      const x = tf.transpose(tf.oneHot(timeMajor, VOCABULARY, 1, 0, 'float32'), [1, 0, 2]);
      const y = tf.oneHot(tf.tensor1d(labels.data, 'int32'), VOCABULARY, 1, 0, 'float32');

      const loss = trainer.step(graph);
      const theirLoss = (await theirs.trainOnBatch(x, y)) as number;
      expectEqualResults({ loss: [loss] }, { loss: [theirLoss] });
    }
  });
});
