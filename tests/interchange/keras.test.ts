/** Files that Keras wrote compute here what they compute there, and the other way round. */
import { createHash } from 'node:crypto';
import { describe, expect, it, test } from '@jest/globals';
import { InputError } from '../../engine/index.js';
import { bidirectional, cells, createModel, dense, features } from '../../models/index.js';
import { layer, layerNormalization, lstm, recurrent, timeDistributed } from '../../models/index.js';
import type { Layer, Model } from '../../models/index.js';
import { describeFile, exportModel, importModel, importWeights } from '../../models/interchange/index.js';
import { expectClose } from '../tensors.js';
import { kerasFile, writtenKeras } from './files.js';
import { forKeras } from './kerasNetworks.js';
import { D, H, inputFor, kernels, outputOf, T } from './networks.js';

const { x, ids, padded, outputs, ours } = writtenKeras();
const all = { units: H, returnSequences: true };

const regularized = ["layer 'dense': kernel_regularizer is L2 there, and none here"];
const sequential = 'recurrent bidirectional timeDistributed layerNormalization spatialDropout1D dense';
const functional = 'embedding residual bidirectional recurrent dense';
const plain = 'recurrent recurrent repeatVector recurrent dense';

/** The layers of each file, its input, and notes. */
const models: [name: string, kinds: string, input: readonly number[], notes: readonly string[]][] = [
  ['sequential.keras', sequential, x, regularized],
  ['sequential.h5', sequential, x, regularized],
  ['trained.keras', sequential, x, regularized],
  ['functional.keras', functional, padded, []],
  ['encoderDecoder.keras', 'encoderDecoder dense', x, []],
  ['twelve.keras', 'recurrent '.repeat(12).trim(), x, []],
  ['plain.keras', plain, x, []],
  ['deflated.keras', plain, x, []],
  ['old-sequential.keras', sequential, x, regularized],
  ['old-sequential.h5', sequential, x, regularized],
  [
    'old-functional.keras',
    functional,
    ids,
    ['bidirectional', 'gru_1'].map(
      (name) => `layer '${name}': reads padded steps too there, and here it skips them`,
    ),
  ],
];

test.each(models)('%s computes here what it computes in Keras', async (name, kinds, input, expected) => {
  const { model, notes, format } = await importModel(kerasFile(name), { kernels, source: name });
  expect({ notes, format }).toEqual({ notes: expected, format: name.split('.').at(-1) });
  expect(model.layers.map(({ layer }) => layer.config!.kind).join(' ')).toBe(kinds);
  expectClose(outputOf(model, input), outputs[name]!, 1e-6);
});

const head = () => [
  recurrent(lstm, all),
  bidirectional(cells.gruResetAfter, all),
  timeDistributed(dense(3, { activation: 'tanh' })),
  layerNormalization(),
  dense(2, { activation: 'softmax' }),
];
const twelve = () => Array.from({ length: 12 }, () => recurrent(lstm, all));
const modelOf = (layers: Layer[]): Model => createModel({ kernels, input: features(D), layers, seed: 1 });
const ofHead = (dense: string, bidirectional: string, norm: string, time: string, last: string) => ({
  ...{ lstm: dense, bidirectional, layerNormalization: norm, dense: time, dense2: last },
});

/** Layers for the weights of each file, and where these are. */
const weights: [name: string, layers: () => Layer[], places: Record<string, string>][] = [
  [
    'sequential.weights.h5',
    head,
    ofHead('dense', 'both', 'layer_normalization_1', 'time_distributed_1', 'lstm'),
  ],
  [
    'old-sequential.weights.h5',
    head,
    ofHead('lstm', 'bidirectional', 'layer_normalization', 'time_distributed', 'dense'),
  ],
  ['old-sequential.h5', head, ofHead('dense', 'both', 'layer_normalization_2', 'time_distributed_2', 'lstm')],
  ['sequential.keras', head, ofHead('dense', 'both', 'layer_normalization', 'time_distributed', 'lstm')],
  [
    'twelve.weights.h5',
    twelve,
    Object.fromEntries(twelve().map((_, n) => [`lstm${n > 0 ? n + 1 : ''}`, `lstm_${n + 1}`])),
  ],
  ['own.weights.h5', () => [recurrent(lstm, all), dense(2)], { lstm: 'lstm_14', dense: 'dense_6' }],
];

test.each(weights)('the weights of %s come into a model', async (name, layers, expected) => {
  const model = modelOf(layers());
  const { places, notes } = await importWeights(model, kerasFile(name), { source: name });
  expect({ places, notes }).toEqual({ places: expected, notes: [] });
  expectClose(outputOf(model, x), outputs[name]!, 1e-6);
});

describe.each(forKeras)('%s', (name, make, outputs) => {
  it('is the file that Keras has read, and computes here what it computes there', async () => {
    const model = make();
    const [bytes] = (await exportModel(model, 'keras', { outputs })).values();
    const { sha256, y } = ours[name]!;
    expect(createHash('sha256').update(bytes!).digest('hex')).toBe(sha256);
    const gives = outputs === 'logits' ? model : withOdds(model);
    expectClose(outputOf(gives, inputFor(model, T)), y, 1e-6);
  });
});

/** The model with a softmax at its end. */
function withOdds({ input, layers, parameters }: Model): Model {
  const odds = layers.map(({ layer }, n) =>
    n < layers.length - 1 ? layer : dense(layer.config!.units as number, { activation: 'softmax' }),
  );
  const model = createModel({ kernels, input, layers: odds });
  model.parameters.values.data.set(parameters.values.data);
  return model;
}

test('a file says what is in it', async () => {
  const { format, tensors } = await describeFile(kerasFile('trained.keras'));
  expect({ format, count: tensors.length }).toEqual({ format: 'keras', count: 47 });
  expect(tensors).toContainEqual(['layers/lstm/cell/vars/0', 'F32', [3, 8]]);
});

test.each([
  [
    'less layers than the file has',
    'twelve.weights.h5',
    () => twelve().slice(1),
    /^it: layer lstm2 may be lstm_2, .*; say which: names: \{ 'lstm2': 'lstm_2' \}$/,
  ],
  [
    'more layers than the file has',
    'own.weights.h5',
    () => [recurrent(lstm, all), dense(2), layer('more', dense(2))],
    /^it: layer more has no tensors in the file$/,
  ],
  [
    'other widths',
    'own.weights.h5',
    () => [recurrent(lstm, { ...all, units: 3 }), dense(2)],
    /^it: layer lstm: layers\/lstm\/cell\/vars\/0 is \[3, 8\], not \[3, 12\]$/,
  ],
])('weights for a model of %s are refused, and nothing of it changes', async (_, name, layers, message) => {
  const model = modelOf(layers());
  const before = [...model.parameters.values.data];
  const call = importWeights(model, kerasFile(name), { source: 'it' });
  await expect(call).rejects.toThrow(InputError);
  await expect(call).rejects.toThrow(message);
  expect([...model.parameters.values.data]).toEqual(before);
});
