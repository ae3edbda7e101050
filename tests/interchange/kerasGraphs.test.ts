/** Graphs of Keras that are no chain, and models that neither Keras nor tfjs has. */
import { describe, expect, it, test } from '@jest/globals';
import { InputError, referenceKernels } from '../../engine/index.js';
import {
  bidirectional,
  createModel,
  dense,
  embedding,
  encoderDecoder,
  features,
} from '../../models/index.js';
import { layer, layerNormalization, lstm, oneHot, recurrent, residual } from '../../models/index.js';
import { timeDistributed, type InputSpec, type Layer } from '../../models/index.js';
import { exportModel, importModel, type ExportFormat } from '../../models/interchange/index.js';
import { edited, modelOf, type Config, type Edit } from './kerasEdits.js';
import { all, D, H, kernels, V } from './networks.js';

const layers = () => [
  layer('both', bidirectional(lstm, all)),
  layer('sum', residual(recurrent(lstm, { ...all, units: 2 * H }))),
  layerNormalization(),
  layer('head', timeDistributed(dense(2))),
];

describe('graphs that are no chain', () => {
  const node = (config: Config, name: string) =>
    config.config.layers.find((one) => one.config.name === name)!;
  const reads = (config: Config, name: string): { args: unknown[]; kwargs: Config } =>
    (node(config, name) as unknown as { inbound_nodes: [{ args: unknown[]; kwargs: Config }] })
      .inbound_nodes[0];

  it.each<[string, Edit, string]>([
    [
      'two outputs',
      (config) =>
        void (config.config.output_layers = [
          ['head', 0, 0],
          ['sum', 0, 0],
        ]),
      'it has 2 outputs; a model here has one',
    ],
    [
      'a layer used twice',
      (config) => void (node(config, 'head').inbound_nodes = [{}, {}]),
      "layer 'head' is used 2 times; a layer here has one place",
    ],
    [
      'a branch',
      (config) => void (config.config.output_layers = ['sum', 0, 0]),
      "layer 'sum_sum' is not between the input and the output; a model here is a chain",
    ],
    [
      'a circle',
      (config) => void (reads(config, 'both').args = reads(config, 'head').args),
      "damaged: layer 'layerNormalization' reads its own output",
    ],
    [
      'what is not there',
      (config) => void ((node(config, 'both').config.name = 'x'), (node(config, 'x').name = 'x')),
      "damaged: layer 'sum_sum' reads both, which is not there",
    ],
    [
      'sums that read each other',
      (config) => {
        Object.assign(reads(config, 'both'), reads(config, 'sum_sum'));
        node(config, 'both').class_name = 'Add';
      },
      "damaged: layer 'sum' reads its own output",
    ],
    [
      'a sum of other things',
      (config) => void (reads(config, 'sum').args = reads(config, 'both').args),
      "layer 'sum_sum' adds 'both' and 'sum'; x + f(x) with one layer f can be had",
    ],
    [
      'dropout for ever',
      (config) => void (reads(config, 'both').kwargs.training = true),
      "layer 'both' is always training, with dropout; here that ends",
    ],
    [
      'another argument',
      (config) => void (reads(config, 'both').kwargs.constants = 1),
      "layer 'both' is called with constants, which is not known here",
    ],
    [
      'a mask of its own',
      (config) =>
        void Object.assign(reads(config, 'both').kwargs, {
          mask: { config: { keras_history: ['layerNormalization', 0, 0] } },
        }),
      "layer 'both' has a mask of its own; only one of mask_zero can be had",
    ],
  ])('%s', async (_, edit, message) => {
    const call = importModel(await edited('keras', layers(), edit), { kernels });
    await expect(call).rejects.toThrow(InputError);
    await expect(call).rejects.toThrow(message);
  });
});

const masked = embedding(D, { maskZero: true });
test.each<[ExportFormat, Layer[], InputSpec, string]>([
  [
    'keras',
    [masked, encoderDecoder(lstm, { units: H, sourceSteps: 2 })],
    oneHot(V),
    'layer encoderDecoder slices padded sequences, whose mask is lost in Keras',
  ],
  [
    'keras',
    [masked, recurrent(lstm, { ...all, goBackwards: true }), recurrent(lstm, all)],
    oneHot(V),
    'layer lstm2 reads padded sequences that were turned around, as Keras does with the steps but not with the mask',
  ],
  [
    'tfjs',
    [masked, residual(recurrent(lstm, { ...all, units: D })), recurrent(lstm, all)],
    oneHot(V),
    'layer lstm2 reads a mask from above a residual layer, which tfjs cannot pass on',
  ],
  [
    'tfjs',
    [encoderDecoder(lstm, { units: H, sourceSteps: 2 })],
    features(D),
    'layer encoderDecoder slices its input, and tfjs has no such layer',
  ],
  [
    'keras',
    [embedding(D), dense(2)],
    oneHot(V, 2),
    'layer embedding reads 2 symbols per step; Keras reads one',
  ],
  ['keras', [layer('a/b', dense(2))], features(D), 'layer a/b: names in Keras have no /'],
])('%s has no such model: %#', async (format, own, input, message) => {
  const call = exportModel(modelOf(own, input), format);
  await expect(call).rejects.toThrow(InputError);
  await expect(call).rejects.toThrow(`exportModel: ${message}`);
});

test('probabilities are those of a dense layer at the end', async () => {
  const model = modelOf([recurrent(lstm, all)]);
  await expect(exportModel(model, 'keras', { outputs: 'probabilities' })).rejects.toThrow(
    'exportModel: outputs: probabilities are those of a dense layer without activation at the end, and layer lstm is none',
  );
  const files = await exportModel(modelOf([dense(1)]), 'tfjs', { outputs: 'probabilities' });
  const { notes } = await importModel(files, { kernels });
  expect(notes).toEqual(['its outputs are probabilities (sigmoid); those of the model are logits']);
});

test('float64 stays float64 in Keras, and tfjs has none', async () => {
  const float64 = referenceKernels(Float64Array);
  const model = createModel({ kernels: float64, input: features(2), layers: [dense(3)], seed: 1 });
  model.parameters.values.data.fill(0.1);
  const files = await exportModel(model, 'keras');
  const { model: again } = await importModel(files, { kernels: float64 });
  expect(again.parameters.values.data).toEqual(model.parameters.values.data);
  await expect(importModel(files, { kernels })).rejects.toThrow(
    /^model.keras: layers\/dense\/vars\/0 is F64 and has numbers that float32 does not hold, such as 0.1; /,
  );
  await expect(exportModel(model, 'tfjs')).rejects.toThrow(
    'exportModel: dense.V is float64, which tfjs has not',
  );
});
