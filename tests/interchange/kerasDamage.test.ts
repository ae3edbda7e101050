/** Files of Keras and tfjs with a byte changed or cut off are refused, or the same; most bytes are zeros of HDF5. */
import { describe, expect, it, jest, test } from '@jest/globals';
import { bidirectional, cells, createModel, dense, features, lstm, recurrent } from '../../models/index.js';
import type { Model } from '../../models/index.js';
import { exportModel, importModel, importWeights } from '../../models/interchange/index.js';
import { damage } from './damage.js';
import { kerasFile } from './files.js';
import { all, bitsOf, D, kernels } from './networks.js';
import { jsonOf, savedBy, withJson } from './tfjsModels.js';
import { layers, sequential } from '../parity/tfjs.js';

jest.setTimeout(120_000);

const said = (model: Model) => JSON.stringify([bitsOf(model), model.layers.map(({ layer }) => layer.config)]);

/** Some of the bytes that are not 0, and of those that are. */
function* places(file: Uint8Array, step: number): Generator<number> {
  for (const [at, byte] of file.entries()) if (at % (byte === 0 ? 8 * step : step) === 0) yield at;
}

const ours = () =>
  createModel({ kernels, input: features(D), layers: [recurrent(lstm, all), dense(2)], seed: 1 });

describe('a damaged file is refused, or the same', () => {
  it('of Keras, as we write it', async () => {
    const [file] = (await exportModel(ours(), 'keras')).values();
    const read = async (bytes: Uint8Array) => said((await importModel(bytes, { kernels })).model);
    expect(await damage(file!, read, places(file!, 3))).toEqual([]);
  });

  it.each(['encoderDecoder.keras', 'deflated.keras'])('%s, with the checksums of a zip', async (name) => {
    const file = kerasFile(name);
    const read = async (bytes: Uint8Array) => said((await importModel(bytes, { kernels })).model);
    expect(await damage(file, read, places(file, 5))).toEqual([]);
  });

  // Nothing in them tells one number from another.
  it('an h5 of Keras 2', async () => {
    const file = kerasFile('old-sequential.h5');
    const read = (bytes: Uint8Array) => importModel(bytes, { kernels }).then(() => '');
    expect(await damage(file, read, places(file, 11))).toEqual([]);
  });

  it('weights of Keras', async () => {
    const file = kerasFile('own.weights.h5');
    const read = (bytes: Uint8Array) => importWeights(ours(), bytes).then(() => '');
    expect(await damage(file, read, places(file, 3))).toEqual([]);
  });

  it('of tfjs, as we write it', async () => {
    const files = await exportModel(ours(), 'tfjs');
    for (const [name, file] of files) {
      const read = async (bytes: Uint8Array) =>
        said((await importModel(new Map([...files, [name, bytes]]), { kernels })).model);
      expect(await damage(file, read)).toEqual([]);
    }
  });

  it('of tfjs', async () => {
    const zeros = { recurrentInitializer: 'zeros' as const, recurrentActivation: 'sigmoid' as const };
    const gru = layers.gru({ units: 2, ...zeros });
    const files = await savedBy(sequential({ layers: [layers.inputLayer({ inputShape: [null, D] }), gru] }));
    const file = files.get('model.json')!;
    const read = (bytes: Uint8Array) =>
      importModel(new Map([...files, ['model.json', bytes]]), { kernels }).then(() => '');
    expect(await damage(file, read)).toEqual([]);
  });
});

test.each([
  ['a layer called __proto__', { name: '__proto__' }],
  ['a layer called constructor', { name: 'constructor' }],
  ['a layer with spaces, dots and @ in its name', { name: 'a . b@c' }],
])('%s is a layer like others', async (_, { name }) => {
  const model = createModel({
    kernels,
    input: features(D),
    layers: [bidirectional(cells.rnn, all)],
    seed: 1,
  });
  const files = await exportModel(model, 'tfjs');
  const { unrolled, ...json } = jsonOf(files);
  expect(typeof unrolled).toBe('string');
  const text = JSON.stringify(json).replaceAll('"bidirectional', `"${name}`);
  const { model: read } = await importModel(withJson(files, JSON.parse(text) as object), { kernels });
  expect(Object.values(bitsOf(read))).toEqual(Object.values(bitsOf(model)));
  expect(({} as Record<string, unknown>).config).toBeUndefined();
});
