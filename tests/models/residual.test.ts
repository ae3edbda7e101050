import { describe, expect, it } from '@jest/globals';
import {
  bidirectional,
  createModel,
  createRandom,
  dense,
  dropout,
  embedding,
  features,
  layerNormalization,
  lstm,
  normal,
  oneHot,
  recurrent,
  residual,
  unroll,
  type InputSpec,
  type Kernels,
  type Layer,
  type Tensor,
} from '../../models/index.js';
import { allKernels, float64 } from '../kernels.js';
import { entries, expectClose, toRows } from '../tensors.js';

const [B, T, D] = [2, 3, 4];
const graphOf = (layers: Layer[], kernels: Kernels = float64, input: InputSpec = features(D)) =>
  unroll(createModel({ kernels, input, layers, seed: 1 }), { batch: B, steps: T });

describe.each(allKernels)('on $name', ({ kernels, tolerance }) => {
  it.each<[string, Layer]>([
    ['dense', dense(D, { activation: 'tanh' })],
    ['recurrent', recurrent(lstm, { units: D, returnSequences: true })],
    ['dropout, in use', dropout(0.5)],
  ])('residual(%s) adds the layer to its input', (_, layer) => {
    const [inner, outer] = [[layer], [residual(layer)]].map((layers) => {
      const graph = graphOf(layers, kernels);
      normal(1)(graph.input as Tensor, createRandom(1));
      graph.forward();
      return graph;
    });
    const x = entries(inner!.input);
    const expected = entries(inner!.output).map((f, n) => f + x[n]!);
    expectClose(entries(outer!.output), expected, tolerance);
  });

  it('layerNormalization gives rows mean 0 and variance 1, then scales and shifts', () => {
    const graph = graphOf([layerNormalization({ epsilon: 1e-12 })], kernels);
    normal(3)(graph.input as Tensor, createRandom(1));
    graph.forward();
    for (const row of toRows(graph.output)) {
      expect(row.reduce((sum, y) => sum + y, 0) / D).toBeCloseTo(0, 5);
      expect(row.reduce((sum, y) => sum + y * y, 0) / D).toBeCloseTo(1, 5);
    }
    const [gamma, beta] = graph.model.parameters.list.map(({ value }) => value);
    const before = entries(graph.output);
    gamma!.data.set([1, 2, 3, 4]);
    beta!.data.set([0, 0, 5, 5]);
    graph.forward();
    const expected = before.map((y, n) => [y, 2 * y, 3 * y + 5, 4 * y + 5][n % D]!);
    expectClose(entries(graph.output), expected, tolerance);
  });

  it('rows of equal numbers stay finite', () => {
    const graph = graphOf([layerNormalization()], kernels);
    graph.input.data.fill(7);
    graph.forward();
    expect(entries(graph.output)).toEqual(Array(B * T * D).fill(0));
  });
});

it.each<[string, Layer[], InputSpec, string]>([
  ['another width', [residual(dense(D + 1))], features(D), `residual: dense has 5 outputs for 4 inputs`],
  [
    'both directions side by side',
    [residual(bidirectional(lstm, { units: D }))],
    features(D),
    'has 8 outputs',
  ],
  [
    'a last state',
    [residual(recurrent(lstm, { units: D }))],
    features(D),
    'lstm makes one vector of 3 steps',
  ],
  ['symbols', [residual(recurrent(lstm, { units: D }))], oneHot(D), 'lstm reads numbers, not symbols'],
  ['an embedding', [residual(embedding(D))], oneHot(D), 'embedding reads numbers, not symbols'],
  [
    'symbols to normalize',
    [layerNormalization()],
    oneHot(D),
    'layerNormalization reads numbers, not symbols',
  ],
])('residual refuses %s', (_, layers, input, message) => {
  expect(() => graphOf(layers, float64, input)).toThrow(message);
});

it.each([0, -1, NaN, '1e-5'])('layerNormalization refuses the epsilon %p', (epsilon) => {
  expect(() => layerNormalization({ epsilon: epsilon as number })).toThrow(
    'layerNormalization: epsilon must be above 0',
  );
});
