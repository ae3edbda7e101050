/** Weights of a graph go into a model that is there if it computes the same. */
import { describe, expect, it } from '@jest/globals';
import { createModel, dense, embedding, features, layerNormalization } from '../../models/index.js';
import { lstm, oneHot, recurrent, type Layer } from '../../models/index.js';
import { importWeights } from '../../models/interchange/index.js';
import { fileOf } from './files.js';
import { kernels } from './networks.js';

describe('weights of a graph for a model that is there', () => {
  const read = async (layers: Layer[], names = {}, input = features(3)) => {
    const model = createModel({ kernels, input, layers });
    return importWeights(model, fileOf('lstm-old.onnx', 'onnx'), { source: 'it', names });
  };
  const all = { units: 2, returnSequences: true };

  it('are those of the layers in order', async () => {
    const { places } = await read([recurrent(lstm, all), dense(2)], { dense: '/head/MatMul' });
    expect(places).toEqual({ lstm: '/rnn/LSTM', dense: '/head/MatMul' });
  });

  it.each<[string, Layer[], Record<string, string>, string]>([
    [
      'another option',
      [recurrent(lstm, { ...all, goBackwards: true }), dense(2)],
      {},
      'it: layer lstm: goBackwards is false in the file, true here',
    ],
    [
      'an activation',
      [recurrent(lstm, all), dense(2, { activation: 'relu' })],
      {},
      'it: layer dense: activation is "linear" in the file, "relu" here',
    ],
    [
      'more layers',
      [recurrent(lstm, all), layerNormalization(), dense(2)],
      {},
      'it: it has the layers lstm, dense; the model has lstm, layerNormalization, dense',
    ],
    [
      'a name that it has not',
      [recurrent(lstm, all), dense(2)],
      { dense: 'x' },
      'it: names: layer dense is /head/MatMul in the file, which says what comes after what; leave it out',
    ],
  ])('are refused for %s', async (_, layers, names, message) => {
    await expect(read(layers, names)).rejects.toThrow(message);
  });

  it('are refused for other shapes', async () => {
    await expect(read([recurrent(lstm, all), dense(2)], {}, features(4))).rejects.toThrow(
      'it: lstm.U is [3, 8] in the file, not [4, 8]',
    );
    const symbols = read([embedding(3), recurrent(lstm, all)], {}, oneHot(5));
    await expect(symbols).rejects.toThrow(
      'it: layer embedding: kind is "recurrent" in the file, "embedding" here',
    );
  });
});
