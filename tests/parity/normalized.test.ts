/**
 * Layer normalization beside Keras and PyTorch, and the cells that have it beside the same equations in
 * PyTorch, all in float64. Their results are in normalized/normalized.json, written by
 * normalized/normalized.py.
 */
import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  cells,
  createModel,
  features,
  layerNormalization,
  recurrent,
  unroll,
  type CellName,
  type Graph,
  type Layer,
} from '../../models/index.js';
import { float64 } from '../kernels.js';
import { entries } from '../tensors.js';
import { expectEqualResults, type Results } from './difference.js';

interface Made {
  readonly parameters: Readonly<Record<string, number[]>>;
  readonly states: Readonly<Record<string, number[]>>;
  /** Output, loss, and dLoss/d of all that is given. */
  readonly results: Results;
}

interface Normalized {
  readonly batch: number;
  readonly steps: number;
  readonly units: number;
  readonly x: number[];
  /** By the width of the output. */
  readonly targets: Readonly<Record<string, number[]>>;
  readonly layers: readonly (Made & { library: 'Keras' | 'PyTorch' })[];
  readonly cells: readonly (Made & { cell: CellName })[];
}

// The JSON file is not compiled, so it is next to the source of this file.
const file = join(process.cwd(), 'tests', 'parity', 'normalized', 'normalized.json');
const theirs = JSON.parse(readFileSync(file, 'utf8')) as Normalized;
const { batch, steps, units } = theirs;
const LIMIT = 1e-9;

/** Those that a layer has unless it gets another. */
const EPSILON = { Keras: layerNormalization(), PyTorch: layerNormalization({ epsilon: 1e-5 }) };

test.each(theirs.layers)('layerNormalization with the epsilon of $library: all as there', (made) => {
  expectEqualResults(resultsOf(EPSILON[made.library], made), made.results, LIMIT);
});

test.each(theirs.cells)('$cell: output, loss and every gradient equal those of PyTorch', (made) => {
  const layer = recurrent(cells[made.cell], { units, returnSequences: true });
  expectEqualResults(resultsOf(layer, made), made.results, LIMIT);
});

test('every cell with layer normalization is compared', () => {
  const names = Object.keys(cells).filter((name) => name.endsWith('LayerNorm'));
  expect(theirs.cells.map(({ cell }) => cell).sort()).toEqual(names.sort());
});

/** The results of one layer, with all numbers from the file. */
function resultsOf(layer: Layer, { parameters, states }: Made): Results {
  const input = features(theirs.x.length / (batch * steps));
  const model = createModel({ kernels: float64, input, layers: [layer] });
  const graph = unroll(model, {
    ...{ batch, steps, loss: 'meanSquaredError' },
    ...{ inputGradient: true, initialStateGradient: true },
  });
  const { list } = model.parameters;
  expect(list.map(({ name }) => letterOf(name))).toEqual(Object.keys(parameters));
  for (const { name, value } of list) value.data.set(parameters[letterOf(name)]!, value.offset);
  graph.input.data.set(theirs.x);
  graph.labels.data.set(theirs.targets[graph.output.shape[1]!]!);
  for (const [name, { initial }] of statesOf(graph)) initial.data.set(states[name]!, initial.offset);

  const loss = graph.forward();
  graph.backward();
  return {
    ...{ output: entries(graph.output), loss: [loss], 'd input': entries(graph.inputGradient!) },
    ...Object.fromEntries(list.map(({ name, gradient }) => [`d ${letterOf(name)}`, entries(gradient)])),
    ...Object.fromEntries(statesOf(graph).map(([name, { gradient }]) => [`d ${name}0`, entries(gradient!)])),
  };
}

const letterOf = (name: string) => name.split('.').at(-1)!;
const statesOf = ({ states }: Graph) => Object.values(states).flatMap((own) => Object.entries(own));
