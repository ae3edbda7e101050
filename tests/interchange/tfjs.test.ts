/** tfjs runs our files as we do, and we run its own as it does. */
import { afterEach, describe, expect, it, test } from '@jest/globals';
import * as tfLayers from '@tensorflow/tfjs-layers';
import { InputError } from '../../engine/index.js';
import { cells, createModel, dense, features, recurrent } from '../../models/index.js';
import { describeFile, exportModel, importModel, importWeights } from '../../models/interchange/index.js';
import { layers, sequential, tf } from '../parity/tfjs.js';
import { expectClose } from '../tensors.js';
import { kerasFormats, withNumbers } from './kerasNetworks.js';
import { D, H, inputFor, kernels, outputOf, T, V } from './networks.js';
import { jsonOf, loadedBy, outputOfTfjs, savedBy, withJson, type Files } from './tfjsModels.js';

afterEach(() => tf.disposeVariables());

describe.each(kerasFormats.tfjs.models)('%s', (name, make) => {
  it('computes in tfjs what it computes here', async () => {
    const model = withNumbers(make());
    const theirs = await loadedBy(await exportModel(model, 'tfjs'));
    const input = inputFor(model, T);
    const { kind, width } = model.input;
    const isTable = kind === 'oneHot' && theirs.inputs[0]!.shape.length === 3;
    const given = isTable
      ? input.flatMap((id) => Array.from({ length: width }, (_, n) => Number(n === id)))
      : input;
    const [ours, other] = [outputOf(model, input), outputOfTfjs(theirs, given, width)];
    if (!name.includes('bidirectional, of an embedding')) return expectClose(ours, other, 1e-6);
    // It has its states at padded steps, where we have 0.
    const real = (y: number[]) => y.filter((_, n) => input[Math.floor(n / (y.length / input.length))] !== 0);
    expectClose(real(ours), real(other), 1e-6);
    expect(ours).not.toEqual(other);
  });
});

const all = { units: H, returnSequences: true, recurrentInitializer: 'zeros' as const };
const gated = { ...all, recurrentActivation: 'sigmoid' as const };

function shaken(model: tfLayers.LayersModel): tfLayers.LayersModel {
  model.setWeights(
    model.getWeights().map((w, k) =>
      tf.tensor(
        Array.from({ length: w.size }, (_, n) => Math.sin(3 * n + k)),
        w.shape,
      ),
    ),
  );
  return model;
}

const theirs: [name: string, make: () => tfLayers.LayersModel, notes: string[]][] = [
  [
    'a Sequential',
    () =>
      sequential({
        layers: [
          layers.lstm({ ...gated, inputShape: [null, D] }),
          layers.bidirectional({ layer: layers.gru(gated), mergeMode: 'concat' }),
          layers.timeDistributed({ layer: layers.dense({ units: 3, activation: 'tanh' }) }),
          layers.layerNormalization(),
          layers.spatialDropout1d({ rate: 0.5 }),
          layers.simpleRNN({ ...all, returnSequences: false, useBias: false }),
          layers.repeatVector({ n: 3 }),
          layers.dropout({ rate: 0.5 }),
          layers.simpleRNN({ ...all, goBackwards: true }),
          layers.dense({ units: 2, activation: 'softmax', useBias: false }),
        ],
      }),
    [],
  ],
  [
    'a functional model with a sum',
    () => {
      const input = tfLayers.input({ shape: [null, D] });
      const x = layers.dense({ units: H }).apply(input) as tfLayers.SymbolicTensor;
      const f = layers.gru(gated).apply(x) as tfLayers.SymbolicTensor;
      return tfLayers.model({
        inputs: input,
        outputs: layers.add().apply([f, x]) as tfLayers.SymbolicTensor,
      });
    },
    [],
  ],
  [
    'padded symbols in two directions',
    () =>
      sequential({
        layers: [
          layers.embedding({ inputDim: V, outputDim: D, maskZero: true, inputShape: [null] }),
          layers.bidirectional({
            layer: layers.lstm({ ...gated, name: 'it' }),
            mergeMode: 'ave',
            name: 'both',
          }),
          layers.lstm({ ...gated, returnSequences: false }),
        ],
      }),
    ["layer 'both': at padded steps tfjs repeats the last state, and here it is 0"],
  ],
];

describe.each(theirs)('%s of tfjs', (_, make, expected) => {
  it('computes here what it computes there', async () => {
    const model = shaken(make());
    const { model: ours, notes, format } = await importModel(await savedBy(model), { kernels });
    expect({ notes, format }).toEqual({ notes: expected, format: 'tfjs' });
    const input = inputFor(ours, T);
    expectClose(outputOf(ours, input), outputOfTfjs(model, input, D), 1e-6);
  });
});

const small = () =>
  shaken(
    sequential({ layers: [layers.gru({ ...gated, inputShape: [null, D] }), layers.dense({ units: 2 })] }),
  );

test('weights come into a model, by name or by order', async () => {
  const files = await savedBy(small());
  const model = createModel({
    kernels,
    input: features(D),
    layers: [recurrent(cells.gru, { units: H }), dense(2)],
  });
  const { places } = await importWeights(model, files);
  expect(Object.keys(places)).toEqual(['gru', 'dense']);
  expect(places.gru).toMatch(/^gru_GRU/);
  const { model: read } = await importModel(files, { kernels });
  expect([...model.parameters.values.data]).toEqual([...read.parameters.values.data]);
});

test('a model says what is in it', async () => {
  const { format, tensors } = await describeFile(await savedBy(small()));
  expect(format).toBe('tfjs');
  expect(tensors.map(([name, type, shape]) => [name.replace(/.*\//, ''), type, shape])).toEqual([
    ['kernel', 'F32', [D, 3 * H]],
    ['recurrent_kernel', 'F32', [H, 3 * H]],
    ['bias', 'F32', [3 * H]],
    ['kernel', 'F32', [H, 2]],
    ['bias', 'F32', [2]],
  ]);
});

/** One dense layer, whose four numbers and bias are stored as whole ones: w = n / 2 - 1. */
function quantized(dtype: string, bytes: Uint8Array, quantization: object): Files {
  const config = {
    name: 'dense',
    units: 1,
    activation: 'linear',
    use_bias: true,
    batch_input_shape: [null, null, 1],
  };
  const weights = [
    { name: 'dense/kernel', shape: [1, 1], dtype: 'float32', quantization: { dtype, ...quantization } },
    { name: 'dense/bias', shape: [1], dtype: 'float32', quantization: { dtype, ...quantization } },
  ];
  const modelTopology = {
    class_name: 'Sequential',
    config: { name: 's', layers: [{ class_name: 'Dense', config }] },
  };
  const json = { modelTopology, format: 'layers-model', weightsManifest: [{ paths: ['w.bin'], weights }] };
  return withJson(new Map([['w.bin', bytes]]), json);
}

test.each([
  ['uint8', [1, 5], { scale: 0.5, min: -1 }],
  ['uint16', [1, 0, 5, 0], { scale: 0.5, min: -1 }],
  // -0.5 and 1.5
  ['float16', [0, 0xb8, 0, 0x3e], {}],
])('weights quantized to %s are what they stand for', async (dtype, bytes, quantization) => {
  const files = quantized(dtype, Uint8Array.from(bytes), quantization);
  const { model } = await importModel(files, { kernels });
  expect([...model.parameters.values.data]).toEqual([-0.5, 1.5]);
  const theirs = await loadedBy(files);
  expect(theirs.getWeights().map((w) => w.dataSync()[0])).toEqual([-0.5, 1.5]);
});

describe('what cannot be had is refused', () => {
  it.each<[string, (files: Files) => Files, RegExp]>([
    [
      'a missing file',
      (files) => new Map([...files].slice(1)),
      /^model.json: its numbers are in group1-shard1of2.bin, and given are "?group1-shard2of2.bin/,
    ],
    [
      'too few numbers',
      (files) => new Map([...files, ['group1-shard2of2.bin', new Uint8Array(100)]]),
      /^model.json: truncated: gru_GRU\d+\/recurrent_kernel \[2, 6\] needs 48 bytes, and .* has 38 left$/,
    ],
    [
      'too many',
      (files) => new Map([...files, ['group1-shard2of2.bin', new Uint8Array(999)]]),
      /^model.json: damaged: group1-shard1of2.bin, .* should have \d+ bytes of numbers, not 1009$/,
    ],
    [
      'a graph model',
      (files) => withJson(files, { ...jsonOf(files), format: 'graph-model' }),
      /^model.json: a graph model, which has no layers any more/,
    ],
    [
      'other types',
      (files) => {
        const [group] = jsonOf(files).weightsManifest;
        const weights = group!.weights.map((entry) => ({ ...entry, dtype: 'complex64' }));
        return withJson(files, { ...jsonOf(files), weightsManifest: [{ ...group, weights }] });
      },
      /^model.json: .*\/kernel is complex64; known are float32/,
    ],
    [
      'a missing tensor',
      (files) => withJson(files, { ...jsonOf(files), weightsManifest: [] }),
      /^model.json: layer 'gru_GRU\d+' has no weights in the file$/,
    ],
  ])('%s', async (_, change, message) => {
    const call = importModel(change(await savedBy(small())), { kernels });
    await expect(call).rejects.toThrow(InputError);
    await expect(call).rejects.toThrow(message);
  });
});
