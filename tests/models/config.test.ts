/** Layers say what they are, and can be made from what they say. */
import { describe, expect, it, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom, referenceKernels } from '../../engine/index.js';
import * as library from '../../models/index.js';
import { createLayer, createModel, defineLayer, dense, features, layer, oneHot } from '../../models/index.js';
import { recurrent, residual, unroll, type Layer, type LayerConfig } from '../../models/index.js';
import { entries, randomize } from '../tensors.js';

const { bidirectional, cells, dropout, embedding, encoderDecoder, layerNormalization, lstm } = library;
const { repeatVector, spatialDropout1D, timeDistributed } = library;
const kernels = referenceKernels(Float32Array);
const [B, T, D, units] = [2, 4, 3, 3];
const rates = { dropout: 0.25, recurrentDropout: 0.5, dropoutPerGate: true };
const all = { units, returnSequences: true };

const ofCells = Object.values(cells).flatMap((cell): [string, Layer[]][] => [
  [`recurrent, ${cell.name}`, [recurrent(cell, { units })]],
  [
    `recurrent with every option, ${cell.name}`,
    [recurrent(cell, { ...all, goBackwards: true, stateful: true, ...rates })],
  ],
  [`bidirectional, ${cell.name}`, [bidirectional(cell, { ...all, mergeMode: 'ave', ...rates })]],
  [`encoderDecoder, ${cell.name}`, [encoderDecoder(cell, { units, sourceSteps: 2, ...rates })]],
]);
const rest: [string, Layer[]][] = [
  ...Object.keys(library.activations).map((name): [string, Layer[]] => [
    `dense, ${name}`,
    [dense(2, { activation: name as 'relu' })],
  ]),
  ['dense', [dense(2)]],
  ['dense with an activation as a value', [dense(2, { activation: library.activations.tanh })]],
  ['embedding', [embedding(2, { maskZero: true }), recurrent(lstm, all)]],
  ['dropout', [dropout(0.5), spatialDropout1D(0.25), dense(2)]],
  ['layerNormalization', [layerNormalization({ epsilon: 0.5 })]],
  ['repeatVector', [recurrent(lstm, { units }), repeatVector(T)]],
  ['timeDistributed', [timeDistributed(dense(2))]],
  ['residual', [residual(residual(recurrent(lstm, all)))]],
  ['a name', [layer('reader', residual(layer('inner', dense(D))))]],
];

/** What these folders export besides. */
const NO_LAYERS = ['defineLayer', 'layer', 'node', 'isIndices'];

/** The output with random weights, and the gradients of all parameters. */
function bitsOf(layers: readonly Layer[]): number[] {
  const input = layers[0]!.kind === 'embedding' ? oneHot(5) : features(D);
  const model = createModel({ kernels, input, layers, seed: 3 });
  const graph = unroll(model, { batch: B, steps: T, loss: 'meanSquaredError' });
  const random = createRandom(1);
  if (input.kind === 'oneHot') graph.input.data.forEach((_, n, ids) => (ids[n] = (2 * n) % 5));
  else randomize(graph.input as never, random);
  randomize(graph.labels, random);
  graph.forward();
  graph.backward();
  return [...entries(graph.output), ...entries(model.parameters.gradients)];
}

describe.each([...ofCells, ...rest])('%s', (_, layers) => {
  const read = JSON.parse(JSON.stringify(layers.map(({ config }) => config))) as LayerConfig[];
  const again = read.map(createLayer);

  it('is made from its config: the same config, name and kind', () => {
    expect(again.map(({ config, name, kind }) => ({ config, name, kind }))).toEqual(
      layers.map(({ config, name, kind }) => ({ config, name, kind })),
    );
    expect(read.every((config) => typeof config.kind === 'string')).toBe(true);
  });

  it('is made from its config: the same bits, forward and backward', () => {
    expect(bitsOf(again)).toEqual(bitsOf(layers));
  });
});

test('every layer of the library is in these tables', () => {
  const kinds = [...ofCells, ...rest].flatMap(([, layers]) => layers.map(({ config }) => config!.kind));
  const index = readFileSync(join(process.cwd(), 'models', 'index.ts'), 'utf8');
  const exported = [...index.matchAll(/^export \{([^}]*)\} from '.\/(layers|recurrent)\//gm)];
  const names = exported.flatMap(([, list]) => list!.split(',').map((name) => name.trim()));
  const makers = names.filter((name) => /^\w+$/.test(name) && !NO_LAYERS.includes(name));
  expect([...new Set(kinds)].sort()).toEqual(makers.sort());
});

describe('what is one’s own has no config', () => {
  const own = defineLayer({ ...dense(2), kind: 'own' });
  const activation = library.elementwiseActivation({ name: 'relu', f: (z) => z, slope: () => 1 });

  it.each([
    ['a layer', own],
    ['a copy of a layer with other functions', { ...dense(2), outputWidth: () => 2 }],
    ['a layer of a cell of the name of another', recurrent({ ...lstm }, { units })],
    ['both directions of such a cell', bidirectional({ ...lstm }, { units })],
    ['an encoder and a decoder of such a cell', encoderDecoder({ ...lstm }, { units, sourceSteps: 2 })],
    ['an activation of the name of another', dense(2, { activation })],
    ['a layer around it', residual(own)],
    ['a layer around it, with a name', layer('named', timeDistributed(own))],
  ])('%s', (_, layer) => {
    expect(layer.config).toBeUndefined();
    expect(() => createLayer(layer.config!)).toThrow(
      /^createLayer takes the config of a layer, not undefined; layers of your own have none$/,
    );
  });

  it('unless it gives one, which createLayer refuses', () => {
    const { config } = defineLayer({ ...own, config: { kind: 'own', size: 3 } });
    expect(config).toEqual({ kind: 'own', size: 3 });
    expect(() => createLayer(config!)).toThrow(/^createLayer: kind must be one of recurrent, .*, not "own"$/);
  });
});

test.each<[LayerConfig, RegExp]>([
  [{ kind: 'recurrent', cell: 'mine', units: 2 }, /^createLayer: cell must be one of rnn, .*, not "mine"$/],
  [{ kind: 'recurrent', cell: 'lstm' }, /^recurrent: the option "units" is missing$/],
  [{ kind: 'recurrent', cell: 'lstm', units: 2, proj: 1 }, /^recurrent has no option "proj"/],
  [
    { kind: 'dense', units: 2, activation: 'swish' },
    /^dense: activation must be one of linear, .*, not "swish"$/,
  ],
  [{ kind: 'dropout', rate: 2 }, /^dropout: rate must be /],
  [{ kind: 'repeatVector', steps: 2, more: 1 }, /^createLayer: repeatVector has no option "more"/],
  [{ kind: 'residual' }, /^createLayer: residual: the option "layer" is missing$/],
  [{ kind: 'residual', layer: 'dense' }, /^createLayer takes the config of a layer, not "dense"/],
  [{ kind: 'dense', units: 2, name: 'a.b' }, /^layer: the name must be a word/],
])('createLayer(%j) is refused', (config, message) => {
  expect(() => createLayer(config)).toThrow(message);
});
