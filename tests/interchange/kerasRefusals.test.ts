/** What Keras and tfjs have and we have not is refused by the names of layer and option, or noted. */
import { describe, expect, it, test } from '@jest/globals';
import { InputError } from '../../engine/index.js';
import { cells, dense, layer, recurrent } from '../../models/index.js';
import { importModel } from '../../models/interchange/index.js';
import { edited, of, set, simple, type Edit } from './kerasEdits.js';
import { all, kernels } from './networks.js';

const both: [what: string, edit: Edit, message: string][] = [
  [
    'hard_sigmoid',
    set('one', { recurrent_activation: 'hard_sigmoid' }),
    "layer 'one', recurrent_activation is hard_sigmoid; only sigmoid can be had",
  ],
  [
    'hard_sigmoid within',
    set('both', { recurrent_activation: 'hard_sigmoid' }, true),
    "layer 'both', recurrent_activation is hard_sigmoid; only sigmoid can be had",
  ],
  ['relu cells', set('one', { activation: 'relu' }), "layer 'one', activation is relu; only tanh can be had"],
  [
    'no activation',
    set('one', { activation: null }),
    "layer 'one', activation is linear; only tanh can be had",
  ],
  [
    'other activations',
    set('dense', { activation: 'gelu' }),
    "layer 'dense', activation is gelu; known are linear, relu, tanh, sigmoid, softmax",
  ],
  [
    "activations of one's own",
    set('dense', { activation: { class_name: 'function', config: 'mine' } }),
    'layer \'dense\', activation is {"class_name":"function","config":"mine"}; known are linear',
  ],
  [
    'zero_output_for_mask',
    set('one', { zero_output_for_mask: true }),
    "layer 'one', zero_output_for_mask is true; only false can be had",
  ],
  [
    'directions apart',
    set('both', { merge_mode: null }),
    "layer 'both', merge_mode is null; known are concat, sum, ave, mul",
  ],
  [
    'a backward layer of another cell',
    set('both', { backward_layer: { class_name: 'GRU', config: {} } }),
    "layer 'both', its backward_layer is GRU, and its layer LSTM",
  ],
  [
    'options that are not known',
    set('one', { peephole: 1 }),
    "layer 'one', the option peephole is not known here",
  ],
  [
    'widths that are none',
    set('one', { units: 'many' }),
    'layer one: recurrent: units must be a whole number of at least 1, not "many"',
  ],
  ['other widths', set('one', { units: 3 }), 'is [4, 6], not [4, 9]'],
  [
    'layers that are not known',
    (config) => void (config.config.layers[3]!.class_name = 'Conv1D'),
    "layer 'dense' is a Conv1D; known are SimpleRNN, LSTM",
  ],
  [
    'models within models',
    (config) => void (config.config.layers[3]!.class_name = 'Sequential'),
    "layer 'dense' is a model of its own; only layers can be read",
  ],
  ['layers less than weights', (config) => void config.config.layers.pop(), 'has no layer in the model'],
  [
    'layers more than weights',
    (config) =>
      void config.config.layers.push({ class_name: 'Dense', config: { name: 'more', units: 1 } } as never),
    "layer 'more' has no weights in the file",
  ],
  ['no layers', (config) => void (config.config.layers = []), 'damaged: its config has no layers'],
  [
    'layers without names',
    (config) => void delete config.config.layers[2]!.config.name,
    'damaged: its config has a layer without class_name, config or name',
  ],
  [
    "models of one's own",
    (config) => void (config.class_name = 'Mine'),
    'a Mine, whose layers are code; save a Sequential or a functional model, or use importWeights',
  ],
  [
    'no shape',
    (config) => void config.config.layers.shift(),
    'it does not say the shape of its input; build the model before saving it',
  ],
];

describe.each(['keras', 'tfjs'] as const)('%s', (format) => {
  it.each(both)('%s', async (_, edit, message) => {
    const call = importModel(await edited(format, simple(), edit), { kernels });
    await expect(call).rejects.toThrow(InputError);
    await expect(call).rejects.toThrow(message);
    await expect(call).rejects.toThrow(/^(model.keras|model.json): .*$/);
  });

  test('regularizers are for training, and noted', async () => {
    const l2 = { class_name: 'L2', config: { l2: 1 } };
    const files = await edited(
      format,
      simple(),
      set('one', { bias_regularizer: l2, kernel_constraint: null }),
    );
    const { notes } = await importModel(files, { kernels });
    expect(notes).toEqual(["layer 'one': bias_regularizer is L2 there, and none here"]);
  });

  test('dropout per gate is what it is there', async () => {
    const files = await edited(format, simple(), set('one', { recurrent_dropout: 0.5 }));
    const { model } = await importModel(files, { kernels });
    expect(model.layers[1]!.layer.config!.dropoutPerGate).toBe(format === 'keras');
  });
});

describe('what only one of them has', () => {
  it('is a missing recurrent_activation', async () => {
    const edit: Edit = (config) => void delete of(config, 'one').recurrent_activation;
    await expect(importModel(await edited('tfjs', simple(), edit), { kernels })).rejects.toThrow(
      "model.json: layer 'one', recurrent_activation is missing, which is hardSigmoid in tfjs; only sigmoid can be had",
    );
    const { model } = await importModel(await edited('keras', simple(), edit), { kernels });
    expect(model.layers[1]!.layer.config!.cell).toBe('gru');
  });

  it('is a missing reset_after: then the GRU is another', async () => {
    const edit: Edit = (config) => void delete of(config, 'one').reset_after;
    const after = [layer('one', recurrent(cells.gruResetAfter, all)), dense(2)];
    const { model } = await importModel(await edited('keras', after, edit), { kernels });
    expect(model.layers[0]!.layer.config!.cell).toBe('gruResetAfter');
    const { model: before } = await importModel(await edited('tfjs', simple(), edit), { kernels });
    expect(before.layers[1]!.layer.config!.cell).toBe('gru');
  });

  it('is a backward layer that differs', async () => {
    const edit: Edit = (config) => {
      const own = of(config, 'both');
      own.backward_layer = {
        class_name: 'LSTM',
        config: { ...own.layer.config, go_backwards: true, dropout: 0.5 },
      };
    };
    await expect(importModel(await edited('keras', simple(), edit), { kernels })).rejects.toThrow(
      "model.keras: layer 'both', its backward_layer has dropout 0.5, its layer 0",
    );
  });
});
