/** Names: one address for the parameters, states, cells and traces of a layer. */
import { describe, expect, it } from '@jest/globals';
import * as nn from '../../models/index.js';
import { float64 } from '../kernels.js';

const { lstm } = nn;
const sequence = { units: 2, returnSequences: true };
const modelOf = (...layers: nn.Layer[]) =>
  nn.createModel({ kernels: float64, input: nn.features(2), layers, seed: 1 });
const namesOf = ({ layers }: nn.Model) => layers.map(({ name }) => name);

describe('layer(name, layer)', () => {
  it('names the layer everywhere', () => {
    const model = modelOf(nn.layer('encoder', nn.recurrent(lstm, sequence)), nn.layer('out', nn.dense(2)));
    const graph = nn.unroll(model, { batch: 1, steps: 2, loss: 'softmaxCrossEntropy' });
    graph.forward();

    expect(namesOf(model)).toEqual(['encoder', 'out']);
    expect(model.parameters.list.map(({ name }) => name)).toEqual([
      ...['encoder.U', 'encoder.W', 'encoder.b'],
      ...['out.V', 'out.c'],
    ]);
    expect(Object.keys(graph.states)).toEqual(['encoder']);
    expect(Object.keys(graph.cells)).toEqual(['encoder']);
    expect(Object.keys(nn.trace(graph))).toEqual(['encoder']);
    expect(graph.nodes.map(({ name }) => name)).toEqual([
      ...['encoder', 'encoder@0', 'encoder@1', 'out', 'softmaxCrossEntropy'],
    ]);
    expect(nn.toSvg(graph)).toContain('encoder');
  });

  it('goes through layers around layers', () => {
    const named = nn.layer('tag', nn.dense(2));
    expect(namesOf(modelOf(nn.timeDistributed(named), nn.layer('more', nn.residual(named))))).toEqual([
      'tag',
      'more',
    ]);
  });

  it('leaves the names that others would get: those are numbered on', () => {
    const [one, given] = [nn.recurrent(lstm, sequence), nn.layer('lstm', nn.recurrent(lstm, sequence))];
    expect(namesOf(modelOf(one, one, given))).toEqual(['lstm2', 'lstm3', 'lstm']);
  });

  it.each(['', ' ', '__proto__', 'a.b', 'a b', 'a@1', 7, undefined])('refuses the name %p', (name) => {
    expect(() => nn.layer(name as string, nn.dense(2))).toThrow(
      'layer: the name must be a word without spaces, dots and @',
    );
  });

  it.each(['constructor', 'toString', 'Schicht_1', 'émotion-2', 'shape', '2nd'])(
    'takes the name %p',
    (name) => {
      const model = modelOf(nn.layer(name, nn.recurrent(lstm, { units: 2 })));
      const graph = nn.unroll(model, { batch: 1, steps: 2, loss: 'meanSquaredError' });
      graph.input.data.fill(1);
      graph.forward();
      expect(graph.states[name]!.h!.final.data).not.toEqual(new Float64Array(2));
      expect(model.parameters.list[0]!.name).toBe(`${name}.U`);
      expect(nn.trace(graph)[name]!.cell).toBe('lstm');
    },
  );

  it('refuses a name that another layer has', () => {
    const layers = [nn.layer('a', nn.dense(2)), nn.layer('a', nn.dense(3))];
    expect(() => modelOf(...layers)).toThrow(new RangeError('createModel: two layers are called a'));
  });
});

it('a cell or layer whose kind cannot be a name is refused, since it would lose its state', () => {
  const cell = { ...lstm, name: '__proto__' };
  const message = 'createModel: the kind of a layer must be a word without spaces, dots and @';
  expect(() => modelOf(nn.recurrent(cell, { units: 2 }))).toThrow(message);
  expect(() => modelOf({ ...nn.dense(2), kind: '__proto__' })).toThrow(message);
});

it.each<[string, nn.Layer, string[], string[]]>([
  ['a recurrent layer', nn.recurrent(lstm, sequence), ['lstm'], ['lstm']],
  [
    'both directions',
    nn.bidirectional(lstm, sequence),
    ['bidirectional.forward', 'bidirectional.backward'],
    ['bidirectional.forward', 'bidirectional.backward'],
  ],
  [
    'encoder and decoder',
    nn.encoderDecoder(lstm, { units: 2, sourceSteps: 1 }),
    ['encoderDecoder.encoder', 'encoderDecoder.decoder'],
    ['encoderDecoder.encoder'],
  ],
  ['a residual layer', nn.residual(nn.recurrent(lstm, sequence)), ['lstm'], ['lstm']],
])('states, cells, traces and parameters of %s have the same address', (_, layer, cells, states) => {
  const model = modelOf(layer);
  const graph = nn.unroll(model, { batch: 1, steps: 3, loss: 'meanSquaredError' });
  graph.forward();
  expect(Object.keys(graph.cells)).toEqual(cells);
  expect(Object.keys(nn.trace(graph))).toEqual(cells);
  expect(Object.keys(graph.states)).toEqual(states);
  for (const cell of cells) {
    const own = model.parameters.list.filter(({ name }) => name.startsWith(`${cell}.`));
    expect(own.map(({ name }) => name.slice(cell.length + 1))).toEqual(['U', 'W', 'b']);
    expect(own[1]!.value).toBe(graph.cells[cell]!.parameters.W);
  }
});

it('a checkpoint finds parameters by name, and says so if they are called something else', async () => {
  const trainerOf = (name: string) =>
    nn.createTrainer(modelOf(nn.layer(name, nn.recurrent(lstm, { units: 2 }))), nn.adam());
  const saved = await nn.decodeCheckpoint(await nn.encodeCheckpoint(trainerOf('encoder'), null), 'file');
  expect(() => nn.restoreTrainer(trainerOf('encoder'), saved, 'file')).not.toThrow();
  expect(() => nn.restoreTrainer(trainerOf('decoder'), saved, 'file')).toThrow(
    'file is from another model: layer 1 is encoder there, decoder here',
  );
});
