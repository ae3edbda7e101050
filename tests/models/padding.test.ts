/** What padding holds never matters: all results have the bits that they have with zeros. */
import { describe, expect, it } from '@jest/globals';
import { lstm } from '../../cells/index.js';
import * as nn from '../../models/index.js';
import { entries } from '../tensors.js';
import { allKernels } from '../kernels.js';
import { cellsOnKernels, D, gradientsOf, H, inputRows, V } from './fixtures.js';

const [B, T] = [4, 9];

/** Whether step t of example b is real. */
const layouts: Readonly<Record<string, (t: number, b: number) => boolean>> = {
  'before the sequences': (t, b) => t >= 2 * b,
  'after the sequences': (t, b) => t < T - 2 * b,
  'after all sequences alike': (t) => t < 5,
  'in the middle': (t, b) => t < 2 || t >= 2 + b,
  'before and after': (t, b) => t >= b && t < T - b,
  'in all of an example': (_, b) => b !== 1,
  everywhere: () => false,
};

/** Fills padding with `held`, and runs both passes. */
function results(graph: nn.Graph, isReal: (t: number, b: number) => boolean, held: number) {
  const { input, mask, labels, model } = graph;
  const width = input.size / (T * B);
  const [numbers, symbols] = [inputRows(0, T * B, width), model.input.width];
  const isSymbols = nn.isIndices(input);
  for (let n = 0; n < input.size; n++) {
    const m = Math.floor(n / width);
    const real = isReal(Math.floor(m / B), m % B);
    // Symbol 0 is padding where an embedding looks for it; of several columns, the first one says so.
    const padding = isSymbols && !mask && n % width === 0 ? 0 : held;
    input.data[n] = real ? (isSymbols ? 1 + (n % (symbols - 1)) : numbers[n]!) : padding;
    if (mask) mask.data[m] = real ? 1 : 0;
    if (labels!.size === T * B) labels!.data[m] = real ? m % V : 0;
  }
  return {
    ...{ gradients: gradientsOf(graph), output: entries(graph.output) },
    inputGradient: graph.inputGradient && entries(graph.inputGradient),
    states: Object.values(graph.states).flatMap((own) =>
      Object.values(own).flatMap(({ final, gradient }) => [...entries(final), ...entries(gradient!)]),
    ),
  };
}

function expectSame(
  model: nn.Model,
  options: Partial<nn.UnrollOptions>,
  isReal: (t: number, b: number) => boolean,
  helds: readonly number[],
): void {
  const loss = 'softmaxCrossEntropy';
  const graph = nn.unroll(model, { batch: B, steps: T, loss, initialStateGradient: true, ...options });
  const zeros = results(graph, isReal, 0);
  expect(zeros.gradients.every(Number.isFinite)).toBe(true);
  for (const held of helds) expect(results(graph, isReal, held)).toEqual(zeros);
}

const NUMBERS = [NaN, Infinity, -Infinity, 1e38];
const SYMBOLS = [-1, 99, 2 ** 31 - 1];

describe.each(cellsOnKernels)('$title', ({ kernels, cell }) => {
  const modelOf = (input: nn.InputSpec, ...layers: nn.Layer[]) =>
    nn.createModel({ kernels, input, layers: [...layers, nn.dense(V)], seed: 3 });
  const options = { mask: true, inputGradient: true };

  it.each(Object.entries(layouts))('does not see numbers in padding %s', (_, isReal) => {
    for (const returnSequences of [true, false]) {
      const model = modelOf(nn.features(D), nn.recurrent(cell, { units: H, returnSequences }));
      expectSame(model, options, isReal, NUMBERS);
    }
  });

  it.each(Object.entries(layouts))('does not see symbols in padding %s', (_, isReal) => {
    expectSame(modelOf(nn.oneHot(6), nn.recurrent(cell, { units: H })), { mask: true }, isReal, SYMBOLS);
  });
});

describe.each(allKernels)('on kernels.$name, padding is not seen by', ({ kernels }) => {
  const all = { units: H, returnSequences: true };
  const numbers: Record<string, nn.Layer[]> = {
    'a bidirectional layer': [nn.bidirectional(lstm, all)],
    'layers in reverse': [
      nn.recurrent(lstm, { ...all, goBackwards: true }),
      nn.recurrent(lstm, { units: H }),
    ],
    'an encoder and a decoder': [nn.encoderDecoder(lstm, { units: H, sourceSteps: 4 })],
    'a dense layer': [nn.dense(H), nn.recurrent(lstm, all)],
    'no recurrent layer': [nn.dense(H)],
    'layer normalization and a residual': [
      nn.layerNormalization(),
      nn.residual(nn.dense(D, { activation: 'relu' })),
      nn.recurrent(lstm, all),
    ],
  };
  const symbols: Record<string, nn.Layer[]> = {
    'an embedding': [nn.embedding(H), nn.recurrent(lstm, all)],
    'an embedding that masks symbol 0': [nn.embedding(H, { maskZero: true }), nn.recurrent(lstm, all)],
  };
  const modelOf = (input: nn.InputSpec, layers: nn.Layer[]) =>
    nn.createModel({ kernels, input, layers: [...layers, nn.dense(V)], seed: 3 });

  it.each(Object.entries(numbers))('%s', (_, layers) => {
    const options = { mask: true, inputGradient: true };
    for (const isReal of Object.values(layouts))
      expectSame(modelOf(nn.features(D), layers), options, isReal, NUMBERS);
  });

  it.each(Object.entries(symbols))('%s', (_, layers) => {
    for (const isReal of Object.values(layouts))
      for (const columns of [1, 2])
        expectSame(modelOf(nn.oneHot(6, columns), layers), { mask: true }, isReal, SYMBOLS);
  });

  it('the other columns of an embedding that masks symbol 0', () => {
    for (const isReal of Object.values(layouts))
      expectSame(modelOf(nn.oneHot(6, 2), symbols['an embedding that masks symbol 0']!), {}, isReal, SYMBOLS);
  });

  it.each(Object.entries(nn.losses))('%s, whatever the labels of rows of weight 0 are', (_, loss) => {
    const model = modelOf(nn.features(D), [nn.recurrent(lstm, all)]);
    const graph = nn.unroll(model, { batch: B, steps: T, loss, weights: true });
    graph.input.data.set(inputRows(0, T * B, D));
    graph.weights!.data.forEach((_, m, w) => (w[m] = m % 3));
    const run = (held: number) => {
      const width = graph.labels.size / (T * B);
      graph.labels.data.forEach((_, n, y) => (y[n] = Math.floor(n / width) % 3 ? n % 2 : held));
      return gradientsOf(graph);
    };
    const zeros = run(0);
    for (const held of loss.labels === 'classes' ? SYMBOLS : NUMBERS) expect(run(held)).toEqual(zeros);
  });
});
