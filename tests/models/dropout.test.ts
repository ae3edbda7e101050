/** Dropout: the values of its masks, where each applies and for how long. */
import { describe, expect, it } from '@jest/globals';
import type { Cell } from '../../cells/index.js';
import { createRandom, fromState, type Kernels, type Tensor } from '../../engine/index.js';
import {
  bidirectional,
  createModel,
  dense,
  dropout,
  embedding,
  features,
  gru,
  gruResetAfter,
  lstm,
  oneHot,
  recurrent,
  repeatVector,
  spatialDropout1D,
  unroll,
  type Graph,
  type InputSpec,
  type Layer,
  type Model,
} from '../../models/index.js';
import { drawMask } from '../../models/layers/dropout.js';
import { allKernels, float64 } from '../kernels.js';
import { entries, expectClose, randomize, toRows } from '../tensors.js';
import { cellsOnKernels } from './fixtures.js';

const [B, T, D, H, SYMBOLS] = [3, 4, 5, 6, 4];

/** A model whose weights are all random, so that no bias is 0. */
function modelOf(kernels: Kernels, input: InputSpec, layers: readonly Layer[]): Model {
  const model = createModel({ kernels, input, layers });
  randomize(model.parameters.values, createRandom(3));
  kernels.scale(model.parameters.values, 0.5);
  return model;
}

/** An unrolled model with its input. */
function graphOf(model: Model, training: boolean): Graph {
  const graph = unroll(model, { batch: B, steps: T, training });
  const random = createRandom(4);
  const symbols = model.input.kind === 'oneHot';
  graph.input.data.forEach((_, n, x) => (x[n] = symbols ? n % SYMBOLS : random.normal()));
  return graph;
}

/** The steps of a sequence, each with the numbers of its B rows. */
function stepsOf(t: Tensor): number[][] {
  const all = toRows(t);
  return Array.from({ length: all.length / B }, (_, n) => all.slice(n * B, (n + 1) * B).flat());
}

describe.each(allKernels)('a mask of dropout on $name', ({ kernels }) => {
  it.each([0.1, 0.2, 0.5, 0.9])('at rate %d is 0 or 1 / (1 - rate), and 1 on average', (rate) => {
    const mask = kernels.zeros(100, 200);
    drawMask(mask, rate, createRandom(1));
    const kept = kernels.zeros(1);
    kept.data[0] = 1 / (1 - rate);
    expect([...new Set(entries(mask))].sort()).toEqual([0, kept.data[0]]);
    const mean = entries(mask).reduce((sum, m) => sum + m, 0) / mask.size;
    // Five standard deviations of the mean.
    expect(Math.abs(mean - 1)).toBeLessThan(5 * Math.sqrt(rate / (1 - rate) / mask.size));
  });

  /** What may be below: stored rows, rows of a table, and a repeated row. */
  const below: Record<string, [InputSpec, ...Layer[]]> = {
    'the input': [features(D)],
    'an embedding': [oneHot(SYMBOLS), embedding(D)],
    'a dense layer': [features(D), dense(D)],
    'a repeated vector': [features(D), recurrent(lstm, { units: D }), repeatVector(T)],
  };

  describe.each(Object.entries(below))('above %s', (_, [input, ...layers]) => {
    /** The masks of two passes, by step: the output divided by the output without dropout. */
    function masksOf(layer: Layer): [number[][], number[][]] {
      const model = modelOf(kernels, input, [...layers, layer]);
      const [whole, graph] = [graphOf(model, false), graphOf(model, true)];
      whole.forward();
      const plain = stepsOf(whole.output);
      const mask = () => {
        graph.forward();
        return stepsOf(graph.output).map((step, t) => step.map((y, n) => y / plain[t]![n]!));
      };
      return [mask(), mask()];
    }

    it.each<[string, Layer, boolean]>([
      ['spatialDropout1D has one mask for all steps', spatialDropout1D(0.5), true],
      ['dropout has a different mask at each step', dropout(0.5), false],
    ])('%s, different for each example and each pass', (_, layer, sameAtAllSteps) => {
      const [first, second] = masksOf(layer);
      expect(new Set(first.flat())).toEqual(new Set([0, 2]));
      for (let t = 1; t < T; t++) {
        if (sameAtAllSteps) expect(first[t]).toEqual(first[0]);
        else expect(first[t]).not.toEqual(first[0]);
      }
      expect(first[0]!.slice(0, D)).not.toEqual(first[0]!.slice(D, 2 * D));
      expect(second).not.toEqual(first);
    });
  });

  it.each([gru, gruResetAfter])(
    'recurrentDropout does not change the state: a $name keeps every bit',
    (cell) => {
      const model = modelOf(kernels, features(D), [recurrent(cell, { units: H, recurrentDropout: 0.5 })]);
      const b = model.parameters.list.find(({ name }) => name.endsWith('.b'))!.value;
      // The update gate is 1 for any input, so h = hPrev.
      b.data.fill(200, 0, H);
      const graph = graphOf(model, true);
      const { initial, final } = graph.states[cell.name]!.h!;
      randomize(initial, createRandom(1));
      graph.forward();
      expect(entries(final)).toEqual(entries(initial));
    },
  );
});

/**
 * The outputs of example b without dropout, but with rows of U and W multiplied by the masks: one for all gates, or one
 * for each.
 */
function alone(graph: Graph, cell: Cell, b: number, masks: Record<string, number[][][]>): number[][] {
  const { kernels } = graph.model;
  const model = modelOf(kernels, features(D), [recurrent(cell, { units: H, returnSequences: true })]);
  for (const { name, value } of model.parameters.list) {
    const own = masks[name.split('.')[1]!];
    if (!own) continue;
    for (let row = 0; row < value.shape[0]!; row++) {
      for (let n = 0; n < value.shape[1]!; n++) {
        const mask = own[Math.floor(n / H) % own.length]!;
        value.set(row, n, value.get(row, n) * mask[b]![row]!);
      }
    }
  }
  const own = unroll(model, { batch: 1, steps: T });
  own.input.data.set(exampleOf(graph.input as Tensor, b).flat());
  for (const [s, { initial }] of Object.entries(own.states[cell.name]!)) {
    initial.data.set(toRows(graph.states[cell.name]![s]!.initial)[b]!);
  }
  own.forward();
  return toRows(own.output);
}

const exampleOf = (t: Tensor, b: number) => toRows(t).filter((_, m) => m % B === b);

describe.each(cellsOnKernels)('dropout in a cell: $title', ({ kernels, cell, tolerance }) => {
  it.each([
    { dropout: 0.4, recurrentDropout: 0 },
    { dropout: 0, recurrentDropout: 0.4 },
    { dropout: 0.3, recurrentDropout: 0.5 },
    { dropout: 0.4, recurrentDropout: 0, dropoutPerGate: true },
    { dropout: 0, recurrentDropout: 0.4, dropoutPerGate: true },
    { dropout: 0.3, recurrentDropout: 0.5, dropoutPerGate: true },
  ])('%j: as if U and W lacked rows, the same at all steps, per example', (rates) => {
    const layer = recurrent(cell, { units: H, returnSequences: true, ...rates });
    const model = modelOf(kernels, features(D), [layer]);
    const graph = graphOf(model, true);
    for (const pass of [1, 2]) {
      const noise = fromState(model.dropoutRandom.state());
      const draw = (width: number, rate: number) =>
        Array.from({ length: rates.dropoutPerGate ? cell.gates.length : 1 }, () => {
          const mask = float64.zeros(B, width);
          if (rate) drawMask(mask, rate, noise);
          else mask.data.fill(1);
          return toRows(mask);
        });
      const masks = { U: draw(D, rates.dropout), W: draw(H, rates.recurrentDropout) };
      // Initial states other than 0: only if dropout leaves the states themselves unchanged is W all that
      // differs.
      for (const { initial } of Object.values(graph.states[cell.name]!))
        randomize(initial, createRandom(pass));
      graph.forward();
      for (let b = 0; b < B; b++) {
        expectClose(exampleOf(graph.output, b), alone(graph, cell, b, masks), 10 * tolerance);
      }
    }
  });
});

it('each direction of a bidirectional layer drops different inputs', () => {
  const layers = [embedding(D), bidirectional(lstm, { units: H, dropout: 0.5 })];
  const graph = graphOf(modelOf(float64, oneHot(SYMBOLS), layers), true);
  graph.forward();
  const [ahead, back] = ['forward', 'backward'].map((part) => {
    const node = graph.nodes.find(({ name }) => name === `bidirectional.${part}.dropout`)!;
    return entries(node.saved.mask!);
  });
  expect(ahead).not.toEqual(back);
});

const units = H;
describe.each<[string, string, (rate: number) => Layer]>([
  ['dropout: rate', 'dropout', dropout],
  ['spatialDropout1D: rate', 'spatialDropout1D', spatialDropout1D],
  ['recurrent: dropout', 'lstm.dropout', (dropout) => recurrent(lstm, { units, dropout })],
  ['recurrent: recurrentDropout', '', (recurrentDropout) => recurrent(lstm, { units, recurrentDropout })],
  [
    'bidirectional: dropout',
    'bidirectional.forward.dropout',
    (dropout) => bidirectional(lstm, { units, dropout }),
  ],
  [
    'bidirectional: recurrentDropout',
    '',
    (recurrentDropout) => bidirectional(lstm, { units, recurrentDropout }),
  ],
])('%s refuses', (option, name, layer) => {
  const unrolled = (input: InputSpec, rate: number) => () =>
    unroll(createModel({ kernels: float64, input, layers: [layer(rate)] }), { batch: B, steps: T });

  it.each([-0.1, 1, 1.5, NaN, Infinity])('the rate %d', (rate) => {
    const message = `${option} must be at least 0 and below 1, not ${rate}`;
    expect(() => layer(rate)).toThrow(new RangeError(message));
  });

  if (name === '') {
    it('no symbols, since it does not drop inputs', () => {
      expect(unrolled(oneHot(SYMBOLS), 0.5)).not.toThrow();
    });
  } else {
    it('symbols, unless its rate is 0', () => {
      const message = `${name}: symbols cannot be partly dropped; put an embedding below`;
      expect(unrolled(oneHot(SYMBOLS), 0.5)).toThrow(new RangeError(message));
      expect(unrolled(oneHot(SYMBOLS), 0)).not.toThrow();
    });
  }
});
