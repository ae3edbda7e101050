/** Valid calls of what the models add to the engine. */
import * as library from '../../../models/index.js';
import type { Graph, Kernels, Model, Trainer } from '../../../models/index.js';
import { FULL, options, type Calls } from './call.js';

const { adam, createModel, createTrainer, dense, features, lstm, oneHot, recurrent, unroll } = library;

/** @param k float32 kernels, as for training */
export function modelCalls(k: Kernels): Calls {
  const layers = () => [recurrent(lstm, { units: 2 }), dense(2)];
  const model = (): Model => createModel({ kernels: k, input: features(2), layers: layers() });
  const trainer = (of = model()): Trainer => createTrainer(of, adam());
  const shape = { batch: 2, steps: 2 };
  const graph = (of = model()): Graph => unroll(of, { ...shape, loss: 'softmaxCrossEntropy' });

  return {
    oneHot: () => ({ run: oneHot, args: { size: 3, 'columns?': 2 } }),
    features: () => ({ run: features, args: { width: 3 } }),
    createModel: () => ({
      run: createModel,
      args: { options: options({ kernels: k, input: features(2), layers: layers(), 'seed?': 1 }) },
    }),
    unroll: () => ({
      run: unroll,
      says: FULL,
      args: {
        model: model(),
        options: options({
          ...{ ...shape, 'loss?': 'softmaxCrossEntropy', 'training?': true, 'inputGradient?': true },
          ...{ 'initialStateGradient?': true, 'mask?': true, 'weights?': true, 'advance?': 1 },
        }),
      },
    }),
    describe: () => ({ run: library.describe, args: { graph: graph() } }),
    toDot: () => ({ run: library.toDot, args: { graph: graph() } }),
    toSvg: () => ({ run: library.toSvg, args: { graph: graph() } }),
    trace: () => {
      const traced = graph();
      traced.forward();
      return { run: library.trace, args: { graph: traced } };
    },

    encodeCheckpoint: () => ({
      run: library.encodeCheckpoint,
      args: { trainer: trainer(), state: { epoch: 1 } },
    }),
    decodeCheckpoint: () => ({
      run: library.decodeCheckpoint,
      args: { bytes: saved, source: 'file' },
      says: /^file\b/,
    }),
    restoreTrainer: () => ({
      run: library.restoreTrainer,
      args: { trainer: trainer(), checkpoint, source: 'file' },
    }),
    toLayout: () => ({
      run: library.toLayout,
      args: { layout: 'keras', cell: 'lstm', weights: weights(), 'names?': NAMES },
      says: /^(lstm|toLayout): /,
    }),
    fromLayout: () => ({
      run: library.fromLayout,
      args: {
        layout: 'keras',
        cell: 'lstm',
        theirs: library.toLayout('keras', 'lstm', weights()),
        'names?': NAMES,
      },
      says: /^(keras, lstm|fromLayout): /,
    }),
  };
}

const plain = library.referenceKernels(Float32Array);
const plainModel = () =>
  createModel({ kernels: plain, input: features(2), layers: [recurrent(lstm, { units: 2 }), dense(2)] });
const saved = await library.encodeCheckpoint(createTrainer(plainModel(), adam()), null);
const checkpoint = await library.decodeCheckpoint(saved, 'file');
const NAMES = options({ 'prefix?': '', 'suffix?': '' });
const weights = () => plainModel().parameters.value.lstm as never;
