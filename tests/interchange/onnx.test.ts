/** ONNX files compute here what they compute in PyTorch and in ONNX Runtime, and the other way round. */
import { createHash } from 'node:crypto';
import { describe, expect, it, test } from '@jest/globals';
import {
  createModel,
  dense,
  features,
  lstm,
  recurrent,
  referenceKernels,
  type Layer,
} from '../../models/index.js';
import { describeFile, exportModel, importModel } from '../../models/interchange/index.js';
import { expectClose } from '../tensors.js';
import { fileOf, writtenOnnx } from './files.js';
import { forOnnx, inputFor, kernels, outputOf } from './networks.js';
import { withoutMetadata } from './onnxFiles.js';

const written = writtenOnnx();
const ofCell = (cell: string) => ({ kind: 'recurrent', cell, units: 2, returnSequences: true });
const lastOf = (cell: string) => ({ ...ofCell(cell), returnSequences: false });
const bothOf = (cell: string) => ({ ...ofCell(cell), kind: 'bidirectional', mergeMode: 'concat' });
const head = { kind: 'dense', units: 2, activation: 'linear' };
const words = [
  { kind: 'embedding', units: 3, maskZero: false },
  ofCell('lstm'),
  { kind: 'dense', units: 3, activation: 'relu' },
  { kind: 'layerNormalization', epsilon: 1e-5 },
  { ...head, activation: 'softmax' },
];

const steps = 'its shapes are fixed at 4 steps; here any number will do';
const fixed = 'its shapes are fixed at 4 steps and 2 examples; here any number will do';
const first = (what: string, shape: string) =>
  `its ${what} is batch first, ${shape}; here it goes step by step`;

/** What each file is here, and what is said about it. */
const theirs: Readonly<Record<string, [layers: object[], notes: string[]]>> = {
  'lstm-new': [[ofCell('lstm'), head], [fixed]],
  'lstm-old': [[ofCell('lstm'), head], [fixed]],
  'plain-new': [[ofCell('lstm')], [...states('node_lstm__2'), fixed]],
  'plain-old': [[ofCell('lstm')], states('/LSTM')],
  'gru-new': [[lastOf('gruResetAfter'), head], []],
  'gru-old': [[lastOf('gruResetAfter'), head], []],
  'rnn-old': [[ofCell('rnn'), head], []],
  'both-new': [[bothOf('lstm'), bothOf('lstm'), head], [steps]],
  'both-old': [[bothOf('lstm'), bothOf('lstm'), head], []],
  'last-new': [
    [lastOf('lstm'), head],
    [first('input', '[2, 4, 3]'), 'its shapes are fixed at 2 examples and 4 steps; here any number will do'],
  ],
  'last-old': [[lastOf('lstm'), head], [first('input', '[B, T, 3]')]],
  'ends-new': [
    [{ ...bothOf('gruResetAfter'), returnSequences: false }],
    [first('input', '[B, 4, 3]'), steps],
  ],
  'ends-old': [[{ ...bothOf('gruResetAfter'), returnSequences: false }], [first('input', '[B, T, 3]')]],
  'words-new': [
    words,
    [
      first('input', '[2, 4]'),
      first('output', '[2, 4, 2]'),
      'its shapes are fixed at 2 examples and 4 steps; here any number will do',
    ],
  ],
  'words-old': [words, [first('input', '[B, T]'), first('output', '[B, T, 2]')]],
};

function states(label: string): string[] {
  return ['h', 'c'].map((s) => `its last state ${s} of ${label} is an output; here graph.states has it`);
}

describe.each(Object.entries(theirs))('%s.onnx', (name, [layers, notes]) => {
  it('computes here what it computes in PyTorch', async () => {
    const imported = await importModel(fileOf(`${name}.onnx`, 'onnx'), { kernels });
    const { model } = imported;
    expect(model.layers.map(({ layer }) => layer.config)).toMatchObject(layers);
    expect(imported).toMatchObject({ format: 'onnx', notes });
    const input = model.input.kind === 'oneHot' ? written.ids : written.x;
    expectClose(outputOf(model, input), written.outputs[`${name}.onnx`]!, 1e-6);
  });
});

describe('numbers in another file', () => {
  const name = 'outside.onnx';
  const [bytes, data] = [fileOf(name, 'onnx'), fileOf(`${name}.data`, 'onnx')];
  const read = (...files: [string, Uint8Array][]) => importModel(new Map(files), { kernels });

  it('are read if both are given', async () => {
    const { model } = await read([name, bytes], [`${name}.data`, data]);
    expectClose(outputOf(model, written.x), written.outputs[name]!, 1e-6);
  });

  it('are asked for', async () => {
    await expect(read([name, bytes])).rejects.toThrow(
      /^outside.onnx: head.bias is in the file outside.onnx.data, which was not given: pass both files by name in a Map, /,
    );
  });

  it('must be there', async () => {
    await expect(read([name, bytes], [`${name}.data`, data.slice(0, 40)])).rejects.toThrow(
      /^outside.onnx: damaged: \S+ is not within outside.onnx.data$/,
    );
  });

  it('are of no other format', async () => {
    const file = fileOf('gru.pt');
    await expect(read(['gru.pt', file], ['gru.data', data])).rejects.toThrow(
      'gru.pt: a model in one file; gru.data cannot be part of it',
    );
  });
});

describe.each(forOnnx)('%s', (name, make, length) => {
  const model = make();
  const input = inputFor(model, length);
  const { sha256, y } = written.ours[name]!;
  const isStateful = name.includes('states that go on') || name.includes('bidirectional, of');
  const most = Math.max(1, ...y.map(Math.abs));

  it('is written as ONNX Runtime has read it, and computes there what it computes here', async () => {
    const [bytes] = (await exportModel(model, 'onnx')).values();
    expect(createHash('sha256').update(bytes!).digest('hex')).toBe(sha256);
    const ours = outputOf(model, input, length, isStateful);
    expectClose(
      ours.map((value) => value / most),
      y.map((value) => value / most),
      1e-6,
    );
  });

  it('is read as the same function when it does not say what its layers are', async () => {
    const [bytes] = (await exportModel(model, 'onnx')).values();
    const { model: again, notes } = await importModel(withoutMetadata(bytes!), { kernels });
    expect(notes).toEqual([]);
    expect(outputOf(again, input, length, isStateful)).toEqual(outputOf(model, input, length, isStateful));
  });
});

describe('probabilities', () => {
  const of = (...layers: Layer[]) => createModel({ kernels, input: features(3), layers, seed: 1 });
  const exported = async (...layers: Layer[]) => {
    const [bytes] = (await exportModel(of(...layers), 'onnx', { outputs: 'probabilities' })).values();
    return bytes!;
  };
  const all = { units: 2, returnSequences: true };

  it.each([
    [1, 'sigmoid'],
    [2, 'softmax'],
  ])('are for a width of %d made by a %s', async (width, activation) => {
    const bytes = await exported(recurrent(lstm, all), dense(width));
    const { model } = await importModel(withoutMetadata(bytes), { kernels });
    expect(model.layers.at(-1)!.layer.config).toMatchObject({ kind: 'dense', activation });
    const { model: again, notes } = await importModel(bytes, { kernels });
    expect(again.layers.at(-1)!.layer.config).toMatchObject({ activation: 'linear' });
    expect(notes).toEqual([`its outputs are probabilities (${activation}); those of the model are logits`]);
  });

  it('are not made twice', async () => {
    const bytes = await exported(recurrent(lstm, all), dense(2, { activation: 'softmax' }));
    expect((await importModel(bytes, { kernels })).notes).toEqual([]);
  });

  it('are not those of a layer without logits, unless the file says so itself', async () => {
    const bytes = await exported(recurrent(lstm, all));
    expect((await importModel(bytes, { kernels })).notes).toHaveLength(1);
    await expect(importModel(withoutMetadata(bytes), { kernels })).rejects.toThrow(
      'the file: node probabilities: softmax after what is no dense layer, which no layer here does',
    );
  });

  it('are not what a state_dict has', async () => {
    await expect(exportModel(of(dense(2)), 'pytorch', { outputs: 'probabilities' })).rejects.toThrow(
      'exportModel: a state_dict of PyTorch has weights and no outputs; leave out `outputs`',
    );
  });
});

test('a file says what is in it', async () => {
  expect(await describeFile(fileOf('lstm-new.onnx', 'onnx'))).toEqual({
    ...{ format: 'onnx', hasModel: true },
    tensors: [
      ['head.bias', 'F32', [2]],
      ['val_15', 'F32', [1, 2, 2]],
      ['val_40', 'F32', [1, 8, 3]],
      ['val_41', 'F32', [1, 8, 2]],
      ['val_63', 'F32', [1, 16]],
      ['val_77', 'I64', [3]],
      ['val_78', 'F32', [2, 2]],
    ],
  });
});

test('float64 is refused, because no runtime has it', async () => {
  const float64 = referenceKernels(Float64Array);
  const model = createModel({ kernels: float64, input: features(2), layers: [dense(3)] });
  await expect(exportModel(model, 'onnx')).rejects.toThrow(
    'exportModel: dense.V is float64; the recurrent operators of ONNX Runtime read float32 only',
  );
});
