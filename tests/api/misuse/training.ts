/** Valid calls of training and of its figures. */
import * as library from '../../../models/index.js';
import type { Graph, Kernels, Model, Trainer } from '../../../models/index.js';
import { options, type Calls } from './call.js';

const { accuracy, adam, createModel, createTrainer, dense, features, lstm, recurrent, unroll } = library;

/** @param k float32 kernels, as for training */
export function trainingCalls(k: Kernels): Calls {
  const model = (): Model =>
    createModel({ kernels: k, input: features(2), layers: [recurrent(lstm, { units: 2 }), dense(2)] });
  const trainer = (of = model()): Trainer => createTrainer(of, adam());
  const loss = 'softmaxCrossEntropy';
  const graph = (of = model()): Graph => unroll(of, { batch: 2, steps: 2, loss });
  const x = [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]; // prettier-ignore
  const examples = library.sequences({ x, y: [0, 1] });
  const graphOptions = { steps: 2, loss } as const;
  const calls = { 'onStep?': () => {}, 'onEpoch?': () => {}, 'onBatch?': () => {} };

  return {
    ...figureCalls,
    createTrainer: () => ({
      run: createTrainer,
      args: { model: model(), optimizer: adam(), 'clip?': library.clipByNorm(1) },
    }),
    'trainer.step': () => {
      const of = model();
      return { run: (graph: never) => trainer(of).step(graph), args: { graph: graph(of) } };
    },
    fit: () => ({
      run: library.fit,
      args: {
        ...{ trainer: trainer(), examples },
        options: options({
          ...{ epochs: 1, batch: 2, unroll: graphOptions, shuffle: library.createRandom(1) },
          ...{ 'accumulate?': 2, 'callbacks?': [library.measure({})], ...calls },
          ...{ 'state?': library.initialFitState, 'signal?': new AbortController().signal },
        }),
      },
    }),
    createEvaluator: () => ({
      run: library.createEvaluator,
      args: { model: model(), options: options({ batch: 2, unroll: graphOptions, 'onBatch?': () => {} }) },
    }),
    'evaluator.evaluate': () => ({
      run: library.createEvaluator(model(), { batch: 2, unroll: graphOptions }),
      args: { examples, 'signal?': new AbortController().signal },
      says: /evaluat/,
    }),
    measure: () => ({
      run: library.measure,
      args: { options: options({ 'metrics?': [accuracy()], 'validation?': examples }) },
    }),
    createMeter: () => ({ run: library.createMeter, args: { metric: accuracy() } }),
    'meter.update': () => ({
      run: library.createMeter(accuracy()).update,
      args: { graph: graph() },
      says: /accuracy|meter/,
    }),
  };
}

const monitored = { 'monitor?': 'loss', 'mode?': 'min', 'minDelta?': 0, 'patience?': 2 };
const ignored = { 'ignore?': 0 };

const figureCalls: Calls = {
  earlyStopping: () => ({
    run: library.earlyStopping,
    args: { 'options?': options({ ...monitored, 'restoreBest?': true }) },
  }),
  reduceOnPlateau: () => ({
    run: library.reduceOnPlateau,
    args: {
      'options?': options({ ...monitored, 'rate?': 0.1, 'factor?': 0.5, 'cooldown?': 1, 'least?': 0 }),
    },
    says: /learning rate/,
  }),
  classWeights: () => ({ run: library.classWeights, args: { weights: [1, 5] } }),
  accuracy: () => ({ run: library.accuracy, args: { 'options?': options(ignored) } }),
  topKAccuracy: () => ({
    run: library.topKAccuracy,
    args: { 'options?': options({ 'k?': 2, ...ignored }) },
  }),
  perplexity: () => ({ run: library.perplexity, args: { 'options?': options(ignored) } }),
  confusionMatrix: () => ({ run: library.confusionMatrix, args: { 'options?': options(ignored) } }),
  precision: () => ({ run: library.precision, args: { 'options?': options({ 'label?': 1, ...ignored }) } }),
  recall: () => ({ run: library.recall, args: { 'options?': options({ 'label?': 1, ...ignored }) } }),
  f1: () => ({ run: library.f1, args: { 'options?': options({ 'label?': 1, ...ignored }) } }),
  argmax: () => ({ run: library.argmax, args: { data: new Float32Array(3), from: 0, length: 3 } }),
  createYield: () => ({ run: library.createYield, args: {} }),
  elementwiseLoss: () => ({
    run: library.elementwiseLoss,
    args: { name: 'mine', element: () => ({ loss: 0, derivative: 0 }) },
  }),
};
