/** Files that PyTorch wrote compute here what they compute there, and the other way round. */
import { describe, expect, it, test } from '@jest/globals';
import { InputError, referenceKernels } from '../../engine/index.js';
import { bidirectional, cells, createModel, dense, embedding, features } from '../../models/index.js';
import {
  layer,
  layerNormalization,
  lstm,
  oneHot,
  recurrent,
  type Layer,
  type Model,
} from '../../models/index.js';
import { describeFile, exportModel, importModel, importWeights } from '../../models/interchange/index.js';
import { writeSafetensors } from '../../models/interchange/safetensorsFile.js';
import { expectClose } from '../tensors.js';
import { fileOf, written } from './files.js';
import { D, forPyTorch, H, kernels, outputOf, V } from './networks.js';

const all = { units: H, returnSequences: true };
const withDense = (layer: Layer) => [layer, dense(2)];
const readLstm = () => withDense(recurrent(lstm, all));
const readGru = () => withDense(recurrent(cells.gruResetAfter, all));
const readRnn = () => bidirectional(cells.rnn, all);

/** Layers for each file, and where each has its weights. */
const read: Readonly<Record<string, [() => Layer[], Record<string, string>]>> = {
  'lstm.safetensors': [readLstm, { lstm: 'rnn', dense: 'head' }],
  'bfloat16.safetensors': [readLstm, { lstm: 'rnn', dense: 'head' }],
  'float16.pt': [readLstm, { lstm: 'rnn', dense: 'head' }],
  'float64.pt': [readLstm, { lstm: 'rnn', dense: 'head' }],
  'gru.pt': [readGru, { gruResetAfter: 'gru', dense: 'dense' }],
  'protocol4.pt': [readGru, { gruResetAfter: 'gru', dense: 'dense' }],
  'deflated.pt': [readGru, { gruResetAfter: 'gru', dense: 'dense' }],
  'stack.pt': [
    () => [readRnn(), readRnn(), dense(2)],
    { bidirectional: 'rnn', bidirectional2: 'rnn_l1', dense: 'dense' },
  ],
  'training.pt': [readLstm, { lstm: 'lstm', dense: 'dense' }],
  'views.pt': [readLstm, { lstm: 'lstm', dense: 'dense' }],
  'words.safetensors': [
    () => [embedding(D), recurrent(lstm, all), layerNormalization()],
    { embedding: 'embedding', lstm: 'lstm', layerNormalization: 'layerNormalization' },
  ],
};

function modelOf(layers: Layer[], on = kernels): Model {
  const input = layers[0]!.kind === 'embedding' ? oneHot(V) : features(D);
  return createModel({ kernels: on, input, layers, seed: 1 });
}
const inputOf = ({ input }: Model) => (input.kind === 'oneHot' ? written.ids : written.x);

describe.each(Object.entries(read))('%s', (name, [layers, places]) => {
  it('computes here what it computes in PyTorch', async () => {
    const model = modelOf(layers(), name === 'float64.pt' ? referenceKernels(Float64Array) : kernels);
    const imported = await importWeights(model, fileOf(name), { source: name });
    expect(imported).toEqual({ format: name.endsWith('.pt') ? 'pytorch' : 'safetensors', places, notes: [] });
    expectClose(outputOf(model, inputOf(model)), written.outputs[name]!, 1e-6);
  });
});

describe.each(Object.keys(forPyTorch))('%s.safetensors, written here', (name) => {
  const file = fileOf(`${name}.safetensors`);

  it('computes in PyTorch what it computes here', async () => {
    const { model } = await importModel(file, { kernels });
    expectClose(outputOf(model, inputOf(model)), written.outputs[`${name}.safetensors`]!, 1e-6);
  });

  it('is still written so', async () => {
    const { model } = await importModel(file, { kernels });
    const [again] = (await exportModel(model, 'pytorch')).values();
    expect(Buffer.compare(again!, file)).toBe(0);
  });
});

describe('what is wanted', () => {
  const message = async (name: string, layers: Layer[], names?: Record<string, string>) => {
    const model = modelOf(layers);
    const before = [...model.parameters.values.data];
    const options = { source: name, ...(names && { names }) };
    const error = await importWeights(model, fileOf(name), options).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(InputError);
    expect([...model.parameters.values.data]).toEqual(before);
    return (error as Error).message;
  };

  it.each<[string, string, Layer[], Record<string, string> | undefined, RegExp]>([
    [
      'is told with shapes',
      'gru.pt',
      [recurrent(cells.gruResetAfter, { units: 3 }), layer('head', dense(2))],
      undefined,
      /^gru.pt: layer gruResetAfter: gru.weight_ih_l0 is \[6, 3\], not \[9, 3\]$/,
    ],
    [
      'is not less than the file has',
      'gru.pt',
      [recurrent(cells.gruResetAfter, all)],
      undefined,
      /^gru.pt: dense \(weight \[2, 2\], bias \[2\]\) has no layer in the model$/,
    ],
    [
      'is not less than a stack has',
      'stack.pt',
      [readRnn()],
      undefined,
      /^stack.pt: rnn_l1 \(.*\) has no layer in the model$/,
    ],
    [
      'is not more than the file has',
      'gru.pt',
      [...readGru(), dense(2)],
      undefined,
      /^gru.pt: layer dense2 has no tensors in the file$/,
    ],
    [
      'is told by the tensor that differs',
      'lstm.safetensors',
      [dense(H), ...readLstm()],
      undefined,
      /^lstm.safetensors: layer lstm: rnn.weight_ih_l0 is \[8, 3\], not \[8, 2\]$/,
    ],
    [
      'can be named, but must be there',
      'gru.pt',
      readGru(),
      { gruResetAfter: 'rnn' },
      /^gru.pt: names: there is no rnn in the file, but dense, gru$|^gru.pt: names: there is no rnn in the file, but gru, dense$/,
    ],
    [
      'can be named, by the names of layers',
      'gru.pt',
      readGru(),
      { gru: 'gru' },
      /^gru.pt: names: the model has no layer gru with weights, but gruResetAfter, dense$/,
    ],
    [
      'can be named once',
      'gru.pt',
      [...readGru(), dense(2)],
      { dense: 'dense', dense2: 'dense' },
      /^gru.pt: names: dense is given to two layers$/,
    ],
    [
      'must fit when named',
      'gru.pt',
      readGru(),
      { dense: 'gru' },
      /^gru.pt: layer dense needs weight \[2, 2\], which gru has not$/,
    ],
    [
      'is a coupled LSTM only if it is',
      'lstm.safetensors',
      withDense(recurrent(cells.lstmCoupled, all)),
      undefined,
      /^lstm.safetensors: layer lstmCoupled: pytorch: the input gate's weights are not the negated/,
    ],
  ])('%s', async (_, name, layers, names, expected) => {
    expect(await message(name, layers, names)).toMatch(expected);
  });

  it('is asked for where a file has several of a shape', async () => {
    const numbers = (count: number, first: number) =>
      new Uint8Array(Float32Array.from({ length: count }, (_, n) => first + n).buffer);
    const bytes = await writeSafetensors(
      ['a', 'b'].flatMap((name, n) => [
        [`${name}.weight`, 'F32', [2, 2], numbers(4, 10 * n)] as const,
        [`${name}.bias`, 'F32', [2], numbers(2, 10 * n + 5)] as const,
      ]),
      () => Promise.resolve({}),
    );
    const model = createModel({ kernels, input: features(2), layers: [dense(2), dense(2)] });
    await expect(importWeights(model, bytes)).rejects.toThrow(
      "the file: layer dense may be a, b; say which: names: { 'dense': 'a' }",
    );
    await importWeights(model, bytes, { names: { dense: 'b' } });
    expect([...model.parameters.values.data]).toEqual([10, 12, 11, 13, 15, 16, 0, 2, 1, 3, 5, 6]);
  });
});

test('a state_dict is no model, and the error lists its tensors', async () => {
  await expect(importModel(fileOf('gru.pt'), { kernels, source: 'gru.pt' })).rejects.toThrow(
    'gru.pt: a state_dict, which does not say what the model is: make one and use importWeights(model, bytes); ' +
      'it has gru.weight_ih_l0 [6, 3], gru.weight_hh_l0 [6, 2], gru.bias_ih_l0 [6], gru.bias_hh_l0 [6], ' +
      'dense.weight [2, 2], dense.bias [2]',
  );
});

test('weights that are not finite are noted', async () => {
  const model = modelOf([dense(2)]);
  model.parameters.values.data.fill(NaN, 0, 2);
  const { notes } = await importModel(await exportModel(model, 'pytorch'), { kernels });
  expect(notes).toEqual(['dense.V has 2 numbers that are not finite']);
});

test('a file says what is in it, types included', async () => {
  const { format, hasModel, tensors } = await describeFile(fileOf('bfloat16.safetensors'));
  expect({ format, hasModel, types: new Set(tensors.map(([, type]) => type)) }).toEqual({
    ...{ format: 'safetensors', hasModel: false, types: new Set(['BF16']) },
  });
});

describe('what is no state_dict', () => {
  it.each([
    [
      'module.pt',
      /^module.pt: its pickle asks for torch\.nn\.modules\.linear\.Linear, which is code; save a state_dict$/,
    ],
    ['runs.pt', /^runs.pt: its pickle asks for __builtin__\.print, which is code; save a state_dict$/],
    ['script.pt', /^script.pt: TorchScript, which is code; save a state_dict/],
    ['old.pt', /^old.pt: a pickle without a zip, as torch.save wrote before PyTorch 1.6; save it again$/],
  ])('%s is refused, and nothing of it is run', async (name, message) => {
    await expect(describeFile(fileOf(name), name)).rejects.toThrow(message);
  });

  it.each([
    ['projection.safetensors', /^it: weight_hr_l0 is of an LSTM with proj_size, which is not known here$/],
    ['integers.safetensors', /^it: head.weight is I64; weights are F32, F64, F16 or BF16$/],
  ])('%s has weights that are refused', async (name, message) => {
    await expect(importWeights(modelOf(readLstm()), fileOf(name), { source: 'it' })).rejects.toThrow(message);
  });
});
