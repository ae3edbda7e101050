/**
 * With weights converted from other libraries' layouts, our cells compute the same: PyTorch, Keras and ONNX
 * as recorded in layouts/layouts.json by layouts/layouts.py, and tfjs here.
 */
import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  cells,
  createModel,
  createRandom,
  features,
  fromLayout,
  recurrent,
  tensor,
  toLayout,
  unroll,
  type CellName,
  type Tensor,
  type WeightLayout,
} from '../../models/index.js';
import { float64 } from '../kernels.js';
import { entries, expectClose, randomize } from '../tensors.js';
import { toTfjs } from './copyWeights.js';
import { layers as tfLayers, tf } from './tfjs.js';

interface Written {
  readonly batch: number;
  readonly steps: number;
  readonly units: number;
  /** [T·B,D] */
  readonly x: number[];
  readonly made: readonly {
    readonly layout: WeightLayout;
    readonly cell: CellName;
    readonly weights: Readonly<Record<string, { shape: number[]; data: number[] }>>;
    /** [T·B,H] */
    readonly output: number[];
  }[];
}

// The JSON file is not compiled, so it is next to the source of this file.
const file = join(process.cwd(), 'tests', 'parity', 'layouts', 'layouts.json');
const { batch, steps, units, x, made } = JSON.parse(readFileSync(file, 'utf8')) as Written;
const D = x.length / (batch * steps);

function modelOf(cell: CellName) {
  const layers = [recurrent(cells[cell], { units, returnSequences: true })];
  return createModel({ kernels: float64, input: features(D), layers });
}

/** All states, [T·B,H]. */
function statesOf(model: ReturnType<typeof modelOf>): number[] {
  const graph = unroll(model, { batch, steps });
  graph.input.data.set(x);
  graph.forward();
  return entries(graph.output);
}

describe.each(made)('$layout, $cell', ({ layout, cell, weights, output }) => {
  const theirs = Object.fromEntries(
    Object.entries(weights).map(([name, { shape, data }]) => [
      name,
      tensor(Float64Array.from(data), ...shape),
    ]),
  );
  const ours = fromLayout(layout, cell, theirs);

  test('computes the same states with the same weights', () => {
    const model = modelOf(cell);
    for (const { name, value } of model.parameters.list) {
      value.data.set(entries(ours[name.split('.')[1]!]!), value.offset);
    }
    expectClose(statesOf(model), output, 1e-6);
  });

  test('gets its weights back', () => {
    const back = toLayout(layout, cell, ours);
    // Ours has one bias instead of two: it becomes the first, and the second is 0.
    const folded = fromLayout(layout, cell, back);
    expect(Object.keys(back).sort()).toEqual(Object.keys(weights).sort());
    for (const [name, { shape, data }] of Object.entries(weights)) {
      expect(back[name]!.shape).toEqual(shape);
      if (!/^(bias_.h_l0|B)$/.test(name) || 'bW' in ours) expect(entries(back[name]!)).toEqual(data);
    }
    expect(entries(folded.b!)).toEqual(entries(ours.b!));
  });
});

describe('tfjs', () => {
  // The default initializer would need tfjs's linear algebra, and its values are overwritten.
  const plain = { units, returnSequences: true, recurrentInitializer: 'zeros' } as const;
  const gated = { ...plain, recurrentActivation: 'sigmoid' } as const;
  const twins = {
    rnn: () => tfLayers.simpleRNN(plain),
    lstm: () => tfLayers.lstm(gated),
    // An LSTM with a coupled cell's weights is one.
    lstmCoupled: () => tfLayers.lstm(gated),
    gru: () => tfLayers.gru(gated),
  };

  test.each(Object.keys(twins) as (keyof typeof twins)[])('%s computes the same with our weights', (cell) => {
    const model = modelOf(cell);
    randomize(model.parameters.values, createRandom(3));
    const own = Object.fromEntries(
      model.parameters.list.map(({ name, value }) => [name.split('.')[1]!, value]),
    );
    const layer = twins[cell]();
    const given = tf.transpose(tf.tensor(x, [steps, batch, D]), [1, 0, 2]);
    layer.apply(given);
    const theirs: Readonly<Record<string, Tensor>> = toLayout('tfjs', cell, own);
    layer.setWeights(['kernel', 'recurrent_kernel', 'bias'].map((name) => toTfjs(theirs[name]!)));
    const states = tf.transpose(layer.apply(given) as tf.Tensor, [1, 0, 2]).dataSync();

    expectClose([...states], statesOf(model), 1e-5);
  });
});
