/** What goes out comes back: the same layers, and the same bits. */
import { describe, expect, it, test } from '@jest/globals';
import { InputError, referenceKernels } from '../../engine/index.js';
import {
  bidirectional,
  cells,
  createModel,
  defineLayer,
  dense,
  features,
  recurrent,
  type CellName,
  type Layer,
  type Model,
} from '../../models/index.js';
import { describeFile, exportModel, importModel, importWeights } from '../../models/interchange/index.js';
import type { ExportFormat } from '../../models/interchange/index.js';
import { decodeCheckpoint } from '../../models/index.js';
import { kerasFormats } from './kerasNetworks.js';
import { bitsOf, formats, kernels, randomizeAll, saidBy } from './networks.js';

const bytesOf = (files: ReadonlyMap<string, Uint8Array>) => [...files.values()][0]!;

const all = { ...formats, ...kerasFormats };
const table = Object.entries(all).flatMap(([format, { read, models }]) =>
  models.map(([name, make]) => [format as ExportFormat, read, name, make] as const),
);
describe.each(table)('%s, %s: %s', (format, read, _, make) => {
  const model = make();
  randomizeAll(model);

  it('is the same model again', async () => {
    const files = await exportModel(model, format);
    const { model: again, notes, format: found } = await importModel(files, { kernels });
    expect(saidBy(again)).toEqual(saidBy(model));
    expect(bitsOf(again)).toEqual(bitsOf(model));
    expect({ notes, format: found }).toEqual({ notes: [], format: read });
  });

  it('is the same file twice', async () => {
    const [one, two] = [await exportModel(model, format), await exportModel(model, format)];
    expect([...one.keys()]).toEqual([...two.keys()]);
    for (const [name, bytes] of one) expect(Buffer.compare(bytes, two.get(name)!)).toBe(0);
  });

  it('gives its weights to a model that is there', async () => {
    const other = make();
    const { places } = await importWeights(other, await exportModel(model, format));
    expect(bitsOf(other)).toEqual(bitsOf(model));
    for (const [ours, theirs] of Object.entries(places)) expect(theirs).toBe(ours);
  });
});

test('float64 stays float64', async () => {
  const float64 = referenceKernels(Float64Array);
  const model = createModel({ kernels: float64, input: features(2), layers: [dense(3)], seed: 1 });
  model.parameters.values.data.fill(0.1);
  const files = await exportModel(model, 'pytorch');
  const { model: again } = await importModel(files, { kernels: float64 });
  expect(again.parameters.values.data).toEqual(model.parameters.values.data);
  await expect(importModel(files, { kernels, source: 'wide.safetensors' })).rejects.toThrow(
    /^wide.safetensors: dense.bias is F64 and has numbers that float32 does not hold, such as 0.1; /,
  );
});

test('a file says what is in it', async () => {
  const [, make] = formats.pytorch.models.find(([name]) => name === 'lstm, bidirectional, of features')!;
  expect(await describeFile(bytesOf(await exportModel(make(), 'pytorch')))).toEqual({
    ...{ format: 'safetensors', hasModel: true },
    tensors: [
      ['bidirectional.bias_hh_l0', 'F32', [8]],
      ['bidirectional.bias_hh_l0_reverse', 'F32', [8]],
      ['bidirectional.bias_ih_l0', 'F32', [8]],
      ['bidirectional.bias_ih_l0_reverse', 'F32', [8]],
      ['bidirectional.weight_hh_l0', 'F32', [8, 2]],
      ['bidirectional.weight_hh_l0_reverse', 'F32', [8, 2]],
      ['bidirectional.weight_ih_l0', 'F32', [8, 3]],
      ['bidirectional.weight_ih_l0_reverse', 'F32', [8, 3]],
      ['dense.bias', 'F32', [2]],
      ['dense.weight', 'F32', [2, 4]],
    ],
  });
});

describe.each([
  ['pytorch', 'PyTorch'],
  ['onnx', 'ONNX'],
  ['keras', 'Keras'],
  ['tfjs', 'tfjs'],
] as const)('what %s has not is refused by name', (format, called) => {
  const own = defineLayer({ ...dense(2), kind: 'own' });
  const missing = Object.values(cells).filter(({ name }) => !all[format].cells.includes(name as CellName));
  const merged = bidirectional(cells.lstm, { units: 2, mergeMode: 'sum' });

  it.each<[string, Layer, string]>([
    ...missing.map((cell): [string, Layer, string] => [
      cell.name,
      recurrent(cell, { units: 2 }),
      `layer ${cell.name}: ${format} has no equivalent of ${cell.name}`,
    ]),
    ...(format === 'pytorch'
      ? [
          [
            'a merge mode',
            merged,
            `layer bidirectional has the mergeMode sum; ${called} has only concat`,
          ] as [string, Layer, string],
        ]
      : []),
    [
      'a layer of your own',
      own,
      'layer own is one of your own, or has a cell or activation of your own; other programs have none',
    ],
  ])('%s', async (_, layer, message) => {
    const model = createModel({ kernels, input: features(2), layers: [layer] });
    const call = exportModel(model, format);
    await expect(call).rejects.toThrow(InputError);
    await expect(call).rejects.toThrow(`exportModel: ${message}`);
  });
});

test('what Python changed is told as such, and is no checkpoint', async () => {
  const [[, make]] = formats.pytorch.models as [[string, () => Model]];
  const bytes = bytesOf(await exportModel(make(), 'pytorch'));
  bytes[bytes.length - 1]! ^= 1;
  await expect(importModel(bytes, { kernels })).rejects.toThrow(
    /^the file: damaged, or changed by another program: its checksum does not match/,
  );
  await expect(decodeCheckpoint(bytes, 'it')).rejects.toThrow('it is not a checkpoint of this program');
});
