/** Checkpoints of this library are models too: what they say and hold comes in as from any other file. */
import { describe, expect, it } from '@jest/globals';
import { InputError } from '../../engine/index.js';
import * as nn from '../../models/index.js';
import { describeFile, importModel, importWeights } from '../../models/interchange/index.js';
import { bitsOf, formats, kernels, randomizeAll, saidBy } from './networks.js';

const checkpointOf = (model: nn.Model) => nn.encodeCheckpoint(nn.createTrainer(model, nn.adam()), null);
const small = (units: number) =>
  nn.createModel({ kernels, input: nn.features(1), layers: [nn.recurrent(nn.lstm, { units })] });

it.each(formats.onnx.models)('%s: the model of a checkpoint', async (_, make) => {
  const model = make();
  randomizeAll(model);
  const { model: again, format, notes } = await importModel(await checkpointOf(model), { kernels });
  expect({ format, notes, said: saidBy(again) }).toEqual({
    ...{ format: 'checkpoint', notes: [], said: saidBy(model) },
  });
  expect(bitsOf(again)).toEqual(bitsOf(model));
});

it('lists its tensors, those of the optimizer too', async () => {
  const { format, hasModel, tensors } = await describeFile(await checkpointOf(small(2)));
  expect({ format, hasModel }).toEqual({ format: 'checkpoint', hasModel: true });
  expect(tensors).toContainEqual(['lstm.W', 'F32', [2, 8]]);
  expect(tensors).toContainEqual(['optimizer.mean', 'F32', [32]]);
});

it('gives its weights to a model that is there, also under another name', async () => {
  const bytes = await checkpointOf(small(2));
  const layers = [nn.layer('reader', nn.recurrent(nn.lstm, { units: 2 }))];
  const model = nn.createModel({ kernels, input: nn.features(1), layers, seed: 3 });
  const { places } = await importWeights(model, bytes, { names: { reader: 'lstm' } });
  expect(places).toEqual({ reader: 'lstm' });
  expect(Object.values(bitsOf(model))).toEqual(Object.values(bitsOf(small(2))));
});

describe('is refused', () => {
  it.each<[string, () => Promise<unknown>, string]>([
    [
      'where it does not fit',
      async () => importWeights(small(3), await checkpointOf(small(2)), { source: 'a' }),
      'a: lstm.U is [1, 8], not [1, 12]',
    ],
    [
      'where it lacks a tensor',
      async () =>
        importWeights(small(2), await checkpointOf(small(2)), { source: 'a', names: { lstm: 'gru' } }),
      'a: gru.U is missing, not [1, 8]',
    ],
    [
      'when it is cut',
      async () => importModel((await checkpointOf(small(2))).slice(0, -1), { kernels, source: 'a' }),
      'a: it is truncated: ',
    ],
  ])('%s', async (_, call, message) => {
    await expect(call()).rejects.toThrow(InputError);
    await expect(call()).rejects.toThrow(message);
  });
});
