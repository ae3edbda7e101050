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
  const examples = { count: 4, write: () => {} };
  const graphOptions = { steps: 2, loss: 'softmaxCrossEntropy' } as const;

  return {
    ...layerCalls(k),
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
          ...{ epochs: 1, batch: 2, unroll: graphOptions, 'shuffle?': library.createRandom(1) },
          ...{ 'from?': library.initialFitState, 'onStep?': () => {}, 'onEpoch?': () => {} },
          'onBatch?': () => {},
        }),
      },
    }),
    createEvaluator: () => ({
      run: library.createEvaluator,
      args: { model: model(), options: options({ batch: 2, unroll: graphOptions, 'onBatch?': () => {} }) },
    }),
    evaluate: () => ({
      run: library.createEvaluator(model(), { batch: 2, unroll: graphOptions }),
      args: { examples },
    }),
    createMeter: () => ({ run: library.createMeter, args: { metric: library.accuracy() } }),
    'meter.update': () => ({
      run: library.createMeter(library.accuracy()).update,
      args: { graph: graph() },
      says: /meter/,
    }),
    accuracy: () => ({ run: library.accuracy, args: {} }),
    argmax: () => ({ run: library.argmax, args: { data: new Float32Array(3), from: 0, to: 3 } }),
    createYield: () => ({ run: library.createYield, args: {} }),
    elementwiseLoss: () => ({
      run: library.elementwiseLoss,
      args: { name: 'mine', element: () => ({ loss: 0, derivative: 0 }) },
    }),

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
      args: { layout: 'keras', cell: 'lstm', weights: weights() },
      says: /^lstm: /,
    }),
    fromLayout: () => ({
      run: library.fromLayout,
      args: { layout: 'keras', cell: 'lstm', theirs: library.toLayout('keras', 'lstm', weights()) },
      says: /^keras, lstm: /,
    }),
  };
}

const plain = library.referenceKernels(Float32Array);
const plainModel = () =>
  createModel({ kernels: plain, input: features(2), layers: [recurrent(lstm, { units: 2 }), dense(2)] });
const saved = await library.encodeCheckpoint(createTrainer(plainModel(), adam()), null);
const checkpoint = await library.decodeCheckpoint(saved, 'file');
const weights = () => plainModel().parameters.value.lstm as never;

/** Layers, and their parts. */
function layerCalls(k: Kernels): Calls {
  const cell = { 'returnSequences?': true, 'goBackwards?': false, 'stateful?': false };
  const drop = { 'dropout?': 0.1, 'recurrentDropout?': 0.1, 'dropoutPerGate?': true };
  const layer = () => dense(2);
  return {
    recurrent: () => ({
      run: recurrent,
      args: { cell: lstm, options: options({ units: 2, ...cell, ...drop }) },
    }),
    bidirectional: () => ({
      run: library.bidirectional,
      args: {
        cell: lstm,
        options: options({ units: 2, 'returnSequences?': true, ...drop, 'mergeMode?': 'sum' }),
      },
    }),
    encoderDecoder: () => ({
      run: library.encoderDecoder,
      args: { cell: lstm, options: options({ units: 2, sourceSteps: 3, ...drop }) },
    }),
    dense: () => ({ run: dense, args: { units: 2, 'options?': options({ 'activation?': 'relu' }) } }),
    elementwiseActivation: () => ({
      run: library.elementwiseActivation,
      args: { given: options({ name: 'mine', f: Math.abs, slope: Math.sign, 'isProbability?': false }) },
    }),
    layerNormalization: () => ({
      run: library.layerNormalization,
      args: { 'options?': options({ 'epsilon?': 1e-3 }) },
    }),
    residual: () => ({ run: library.residual, args: { layer: layer() } }),
    layer: () => ({ run: library.layer, args: { name: 'mine', layer: layer() } }),
    dropout: () => ({ run: library.dropout, args: { rate: 0.1 } }),
    spatialDropout1D: () => ({ run: library.spatialDropout1D, args: { rate: 0.1 } }),
    embedding: () => ({
      run: library.embedding,
      args: { units: 2, 'options?': options({ 'maskZero?': true }) },
    }),
    repeatVector: () => ({ run: library.repeatVector, args: { steps: 3 } }),
    timeDistributed: () => ({ run: library.timeDistributed, args: { layer: layer() } }),
    defineLayer: () => ({ run: library.defineLayer, args: { layer: layer() } }),
    node: () => ({
      run: library.node,
      args: { given: options({ name: 'mine', forward: () => {}, backward: () => {} }) },
    }),
    isIndices: () => ({ run: library.isIndices, args: { x: k.indices(2) } }),
    gateParameters: () => ({ run: library.gateParameters, args: { gates: 4, D: 2, H: 3 } }),
  };
}
