/** Training steps in tfjs, as its users write them: a compiled sequential model and `trainOnBatch`. */
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import type { Backend } from '../tfjs.js';
import { prepareRunner, type Candidate } from './entry.js';
import type { LayerSpec, StepSpec } from './specs.js';
import type { Task, Values } from './task.js';

export const theirs = ({ id, name, threads, use }: Backend): Candidate => ({
  id,
  name,
  threads,
  enter: async (task) => {
    await use();
    return prepareRunner({ id, name, prepare: use, asynchronous: true, run: build(task) });
  },
});

/** Returns what trains on the task's batch again, and returns the loss before the step. */
export function build(task: Task): () => Promise<number> {
  const model = buildModel(task);
  const [x, y] = [inputOf(task), labelsOf(task)];
  return () => model.trainOnBatch(x, y) as Promise<number>;
}

/** The losses of tfjs take probabilities, so the last layer computes them. */
const OUTPUT = {
  softmaxCrossEntropy: { activation: 'softmax', loss: 'categoricalCrossentropy' },
  binaryCrossEntropy: { activation: 'sigmoid', loss: 'binaryCrossentropy' },
  meanSquaredError: { activation: 'linear', loss: 'meanSquaredError' },
} as const;

function buildModel({ spec, weights }: Task) {
  const { activation, loss } = OUTPUT[spec.loss];
  const model = sequential();
  spec.layers.forEach((layer, n) => {
    const first =
      n === 0 ? { inputShape: readsSymbols(spec) ? [spec.steps] : [spec.steps, spec.input.width] } : {};
    const last = n === spec.layers.length - 1 ? { activation } : {};
    model.add(buildLayer(layer, spec, { ...first, ...last }));
    const values = weights[n]!.map(({ shape, data }) => tf.tensor(data, [...shape]));
    model.layers[n]!.setWeights(values);
    tf.dispose(values);
  });
  const optimizer =
    spec.optimizer === 'adam' ? tf.train.adam(1e-3, 0.9, 0.999, 1e-7) : tf.train.rmsprop(1e-3, 0.9, 0, 1e-7);
  model.compile({ optimizer, loss });
  return model;
}

function buildLayer(layer: LayerSpec, { input }: StepSpec, options: object) {
  if (layer.kind === 'embedding')
    return layers.embedding({ ...options, inputDim: input.width, outputDim: layer.units });
  if (layer.kind === 'dense') return layers.dense({ ...options, units: layer.units });
  if (layer.kind === 'repeatVector') return layers.repeatVector({ ...options, n: layer.steps });

  const { units, returnSequences = false } = layer;
  // The orthogonal initializer needs parts of tfjs that are not installed, and the weights are overwritten
  // anyway.
  const plain = { ...options, units, returnSequences, recurrentInitializer: 'zeros' as const };
  // Gates default to a hard sigmoid.
  const gated = { ...plain, recurrentActivation: 'sigmoid' as const };
  return {
    rnn: () => layers.simpleRNN(plain),
    lstm: () => layers.lstm(gated),
    gru: () => layers.gru(gated),
  }[layer.kind]();
}

const readsSymbols = ({ layers: [first] }: StepSpec) => first!.kind === 'embedding';

/** tfjs puts the batch first. One-hot rows are created before timing starts. */
function inputOf({ spec, input }: Task): tf.Tensor {
  const x = tf.transpose(toTfjs(input), [1, 0, 2].slice(0, input.shape.length));
  if (spec.input.kind === 'features' || readsSymbols(spec)) return x;
  return oneHot(x, spec.input.width);
}

function labelsOf({ spec, labels }: Task): tf.Tensor {
  const y = toTfjs(labels);
  if (spec.loss !== 'softmaxCrossEntropy') return y;
  const classes = (spec.layers.at(-1) as { units: number }).units;
  return oneHot(labels.shape.length === 2 ? tf.transpose(y) : y, classes);
}

/** On wasm, `tf.oneHot` writes integers whatever type is requested. */
const oneHot = (ids: tf.Tensor, depth: number) => tf.cast(tf.oneHot(ids, depth), 'float32');

const toTfjs = ({ shape, data }: Values) =>
  tf.tensor(data, [...shape], data instanceof Int32Array ? 'int32' : 'float32');
