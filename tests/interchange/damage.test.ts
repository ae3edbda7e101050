/** Every byte of each file flipped, and every prefix: an InputError, or a model that differs in nothing but numbers. */
import { describe, expect, it, jest } from '@jest/globals';
import { InputError } from '../../engine/index.js';
import { bidirectional, cells, createModel, dense, embedding, features } from '../../models/index.js';
import { layerNormalization, lstm, oneHot, recurrent, type Layer, type Model } from '../../models/index.js';
import { exportModel, importModel, importWeights } from '../../models/interchange/index.js';
import { damage } from './damage.js';
import { fileOf } from './files.js';
import { bitsOf, D, formats, forPyTorch, H, kernels, V } from './networks.js';

jest.setTimeout(120_000);

const all = { units: H, returnSequences: true };
const words = () => [embedding(D), recurrent(lstm, all), layerNormalization()];

/** Files without a checksum over their numbers are only asked not to fail otherwise. */
const theirs: [name: string, isChecked: boolean, layers: () => Layer[]][] = [
  ['gru.pt', true, () => [recurrent(cells.gruResetAfter, all), dense(2)]],
  ['deflated.pt', true, () => [recurrent(cells.gruResetAfter, all), dense(2)]],
  ['protocol4.pt', true, () => [recurrent(cells.gruResetAfter, all), dense(2)]],
  ['stack.pt', true, () => [bidirectional(cells.rnn, all), bidirectional(cells.rnn, all), dense(2)]],
  ['training.pt', true, () => [recurrent(lstm, all), dense(2)]],
  ['views.pt', true, () => [recurrent(lstm, all), dense(2)]],
  ['words.safetensors', false, words],
];

const theirsOfOnnx = 'lstm-new gru-new ends-new words-new plain-old'.split(' ');

const bits = (model: Model) => JSON.stringify(bitsOf(model));

describe('a damaged file is refused, or the same', () => {
  const read = async (bytes: Uint8Array) => {
    const { model } = await importModel(bytes, { kernels });
    return bits(model) + JSON.stringify(model.layers.map(({ layer }) => layer.config));
  };

  it.each(Object.keys(forPyTorch))('%s.safetensors', async (name) => {
    expect(await damage(fileOf(`${name}.safetensors`), read)).toEqual([]);
  });

  it.each(['rnn, single, of features', 'padding in two sequences'])('%s, as ONNX', async (name) => {
    const [, make] = formats.onnx.models.find(([one]) => one === name)!;
    const [bytes] = (await exportModel(make(), 'onnx')).values();
    expect(await damage(bytes!, read)).toEqual([]);
  });

  // Nothing in them tells one number from another.
  it.each(theirsOfOnnx)('%s.onnx', async (name) => {
    const nothing = (bytes: Uint8Array) => read(bytes).then(() => '');
    expect(await damage(fileOf(`${name}.onnx`, 'onnx'), nothing)).toEqual([]);
  });

  it.each(theirs)('%s', async (name, isChecked, layers) => {
    const model = createModel({
      kernels,
      input: layers === words ? oneHot(V) : features(D),
      layers: layers(),
    });
    const read = async (bytes: Uint8Array) => {
      await importWeights(model, bytes);
      return isChecked ? bits(model) : '';
    };
    expect(await damage(fileOf(name), read)).toEqual([]);
  });
});

describe('what a file declares is not believed', () => {
  const withHeader = (header: string, numbers = 8): Uint8Array => {
    const text = new TextEncoder().encode(header);
    const bytes = new Uint8Array(8 + text.length + numbers);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
    bytes.set(text, 8);
    return bytes;
  };
  const entry = (type: string, shape: string, from: number, to: number) =>
    `{"dtype":"${type}","shape":${shape},"data_offsets":[${from},${to}]}`;
  const read = (bytes: Uint8Array) =>
    importWeights(createModel({ kernels, input: features(1), layers: [dense(1)] }), bytes, { source: 'it' });

  it.each([
    [
      'a hole',
      `{"a.weight":${entry('F32', '[1,1]', 4, 8)}}`,
      /^it: damaged: a.weight begins at byte 4 of the numbers/,
    ],
    [
      'numbers too many',
      `{"a.weight":${entry('F32', '[1,1]', 0, 4)}}`,
      /^it: truncated or damaged: 4 bytes of numbers expected, 8 found$/,
    ],
    [
      'an overlap',
      `{"a":${entry('F32', '[1]', 0, 4)},"b":${entry('F32', '[2]', 0, 8)}}`,
      /^it: damaged: b begins at byte 0/,
    ],
    [
      'the same key twice',
      `{"a":${entry('F32', '[2]', 0, 8)},"a":${entry('F32', '[2]', 0, 8)}}`,
      /^it: damaged: its header has the same key twice$/,
    ],
    ['an unknown type', `{"a":${entry('F4', '[2]', 0, 8)}}`, /^it: a has the unknown type F4; known are /],
    [
      'a shape that is none',
      `{"a":${entry('F32', '[2.5]', 0, 8)}}`,
      /^it: damaged: its header entry for a is invalid$/,
    ],
    [
      'a shape beyond counting',
      `{"a":${entry('F32', '[9007199254740991,9007199254740991]', 0, 8)}}`,
      /^it: damaged: a is F32/,
    ],
    [
      'no texts',
      `{"__metadata__":{"a":1},"a":${entry('F32', '[2]', 0, 8)}}`,
      /^it: damaged: the __metadata__ of its header must be texts$/,
    ],
    ['no JSON', '{"a"}', /^it: damaged: its header is no JSON$/],
    [
      'a tensor called __proto__',
      `{"__proto__":${entry('F32', '[2]', 0, 8)}}`,
      /^it: __proto__ is of no layer that is known here/,
    ],
    [
      'arrays within arrays',
      `{"a":${'['.repeat(1e5)}${']'.repeat(1e5)}}`,
      /^it: damaged: its header has more objects and arrays than those of tensors$/,
    ],
    [
      'another version',
      '{"__metadata__":{"unrolled":"{\\"version\\":2}"},"a":' + `${entry('F32', '[2]', 0, 8)}}`,
      /^it: written by another version of this library, with format 2; known is 1$/,
    ],
  ])('%s', async (_, header, message) => {
    const call = read(withHeader(header));
    await expect(call).rejects.toThrow(InputError);
    await expect(call).rejects.toThrow(message);
    expect(({} as Record<string, unknown>).dtype).toBeUndefined();
  });

  it.each([
    [
      'nothing',
      [],
      /^it: not a model file that is known; safetensors files, state_dicts of torch.save, ONNX files, and models of Keras/,
    ],
    ['HDF5', [0x89, 0x48, 0x44, 0x46], /^it: truncated: its beginning is incomplete$/],
    ['an empty zip', [0x50, 0x4b, 3, 4], /^it: truncated: the directory of the zip is missing$/],
    [
      'a header of 200 MB',
      [0, 0, 0, 12, 0, 0, 0, 0, 0x7b, 0],
      /^it: no safetensors file: it says that its header has more than 100 MB$/,
    ],
    [
      'a header beyond its end',
      [99, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0],
      /^it: truncated: its header is incomplete$/,
    ],
  ])('%s', async (_, bytes, message) => {
    await expect(read(Uint8Array.from(bytes))).rejects.toThrow(message);
  });
});
