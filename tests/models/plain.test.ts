/**
 * A custom cell or layer may loop over its data, allocate, count or read a clock: it runs as written and
 * trains as on the reference kernels. Only code declared `kernelsOnly` is recorded.
 */
import { afterAll, describe, expect, it } from '@jest/globals';
import { cells, lstm, rnn, type Cell } from '../../cells/index.js';
import {
  createKernels,
  createRandom,
  normal,
  sgd,
  tanh,
  type Kernels,
  type Tensor,
} from '../../engine/index.js';
import * as nn from '../../models/index.js';
import { allCells } from './fixtures.js';
import { plainCell, plainLayer } from './plain.js';
import { models, T, WORDS, type Layout } from './threadedModels.js';

const B = 6;
const STEPS = 3;
const float64 = nn.referenceKernels(Float64Array);
const [one, two] = [await createKernels(), await createKernels({ threads: 2 })];
afterAll(() => Promise.all([one.close(), two.close()]));

/** The losses of a few training steps. */
function train(
  kernels: Kernels,
  [input, ...layers]: Layout,
  loss: nn.Loss | nn.LossName = 'meanSquaredError',
) {
  const model = nn.createModel({ kernels, input, layers, seed: 1 });
  const graph = nn.unroll(model, { batch: B, steps: T, loss });
  const random = createRandom(2);
  if (nn.isIndices(graph.input)) graph.input.data.forEach((_, n, ids) => (ids[n] = random.integer(WORDS)));
  else normal(1)(graph.input, random);
  normal(1)(graph.labels as Tensor, random);
  const trainer = nn.createTrainer(model, sgd({ rate: 0.2 }));
  return Array.from({ length: STEPS }, () => trainer.step(graph));
}

/** Expects the losses on WASM to equal those on the reference kernels, with the same bits on two threads. */
function expectSameTraining(create: () => Layout, loss?: nn.Loss) {
  const expected = train(float64, create(), loss);
  const found = train(one, create(), loss);
  expect(new Set(expected).size).toBe(STEPS);
  found.forEach((value, n) => expect(value).toBeCloseTo(expected[n]!, 4));
  expect(train(two, create(), loss)).toEqual(found);
}

describe.each(Object.entries(models))('%s', (_, layoutOf) => {
  it.each(allCells.map((cell) => [cell.name, cell] as const))(
    '%s: trains the same with a plain cell',
    (_, cell) => expectSameTraining(() => layoutOf(plainCell(cell), B)),
  );

  it('trains the same with plain layers, all or every other one', () => {
    const [input, ...layers] = layoutOf(lstm, B);
    for (const isPlain of [() => true, (n: number) => n % 2 === 0, (n: number) => n % 2 === 1]) {
      expectSameTraining(() => [
        input,
        ...layers.map((layer, n) => (isPlain(n) ? plainLayer(layer) : layer)),
      ]);
    }
  });
});

describe.each(Object.keys(cells))('%s in an encoder and a decoder', (name) => {
  const cell: Cell = cells[name as nn.CellName];
  const layout = (cell: Cell): Layout => [
    nn.features(3),
    nn.recurrent(cell, { units: 5, returnSequences: true, goBackwards: true }),
    nn.encoderDecoder(cell, { units: 20, sourceSteps: 2 }),
    nn.timeDistributed(nn.dense(900)),
  ];
  it('trains the same with a plain cell', () => expectSameTraining(() => layout(plainCell(cell))));
  it('trains the same with plain layers', () => {
    const [input, ...layers] = layout(cell);
    expectSameTraining(() => [input, ...layers.map(plainLayer)]);
  });
});

/** max(0, x), with a loop over `.data`. */
const relu = (x: Tensor, y: Tensor) => x.data.forEach((value, n) => (y.data[n] = Math.max(0, value)));

const layerOf = (forward: (x: Tensor, y: Tensor, k: Kernels) => void): nn.Layer => ({
  kind: 'relu',
  outputWidth: (D) => D,
  parameters: () => ({}),
  unroll({ k, name, input, training }) {
    const x = input.value as Tensor;
    const dx = input.gradient;
    const y = k.zeros(...x.shape);
    const dy = training ? k.zeros(...x.shape) : null;
    const own = nn.node({
      name,
      reads: { x },
      writes: { y },
      gradients: { y: dy },
      forward: () => forward(x, y, k),
      backward: () => dx?.data.forEach((_, n) => (dx.data[n] = y.data[n]! > 0 ? dy!.data[n]! : 0)),
    });
    return { nodes: [own], output: { ...input, value: y, gradient: dy } };
  },
});

describe('a custom layer', () => {
  const between = (layer: nn.Layer): Layout => [nn.features(3), nn.dense(40), layer, nn.dense(3000)];
  let calls = 0;

  it.each<[string, (x: Tensor, y: Tensor, k: Kernels) => void]>([
    ['loops over its data', relu],
    [
      'calls kernels and loops',
      (x, y, k) => {
        k.copy(y, x);
        relu(y, y);
      },
    ],
    [
      'allocates',
      (x, y, k) => {
        const fresh = k.zeros(...x.shape);
        k.copy(fresh, x);
        relu(fresh, y);
      },
    ],
    [
      'reads a clock',
      (x, y) => {
        relu(x, y);
        if (performance.now() < 0) y.data.fill(NaN);
      },
    ],
    [
      'counts its calls and does something different each time',
      (x, y, k) => {
        k.copy(y, x);
        k.scale(y, 1 + (calls++ % STEPS) / 10);
        relu(y, y);
      },
    ],
  ])('that %s trains the same', (_, forward) => expectSameTraining(() => between(layerOf(forward))));
});

describe('a custom cell', () => {
  /** Made the easy way: another cell with one function replaced. */
  const plain: Cell = {
    ...rnn,
    name: 'plain',
    forward(k, { W }, { a, hIn, state, prevIsZero }) {
      if (!prevIsZero) k.matmul(a, hIn[0]!, W!, true);
      for (let n = 0; n < a.size; n++) state.h!.data[n] = tanh(a.data[n]!);
    },
  };

  it('that replaces one function of another cell is not mistaken for it', () =>
    expectSameTraining(() => [nn.features(3), nn.recurrent(plain, { units: 8 }), nn.dense(3000)]));
});

describe('a custom loss', () => {
  const logCosh = nn.elementwiseLoss('logCosh', (x, y) => ({
    loss: Math.log(Math.cosh(x - y)),
    derivative: Math.tanh(x - y),
  }));

  it('that is a plain loop trains the same', () =>
    expectSameTraining(() => [nn.features(3), nn.recurrent(lstm, { units: 8 }), nn.dense(3000)], logCosh));
});

describe('a layer that declares kernelsOnly', () => {
  const declared = (
    product: (k: Kernels, x: Tensor, y: Tensor, mix: Tensor, wide: Tensor) => void,
  ): nn.Layer => ({
    kind: 'declared',
    outputWidth: (D) => D,
    parameters: () => ({}),
    unroll({ k, name, input, training }) {
      const x = input.value as Tensor;
      const [M, D] = x.shape as [number, number];
      const [mix, wide, y] = [k.zeros(M, M), k.zeros(D, D), k.zeros(M, D)];
      mix.data.fill(1 / M);
      const dy = training ? k.zeros(M, D) : null;
      const own = nn.node({
        name,
        reads: { x },
        writes: { y },
        gradients: { y: dy },
        forward: () => product(k, x, y, mix, wide),
        backward: () => input.gradient && k.copy(input.gradient, dy!),
      });
      return { nodes: [nn.kernelsOnly(own)], output: { ...input, value: y, gradient: dy } };
    },
  });
  const under = (layer: nn.Layer): Layout => [nn.features(3), nn.dense(60), layer, nn.dense(3000)];

  it('and mixes examples, or multiplies with what it computes, has the same bits on two threads', () => {
    expectSameTraining(() => under(declared((k, x, y, mix) => k.matmul(y, mix, x))));
    expectSameTraining(() =>
      under(
        declared((k, x, y, _, wide) => {
          k.matmul(wide, nn.transpose(x), x);
          k.scale(wide, 0.01);
          k.matmul(y, x, wide);
        }),
      ),
    );
  });

  it('in a copy of it declares nothing: a copy may have other functions', () => {
    const copy = { ...lstm };
    expect(nn.declaredPasses(lstm)).toEqual(['forward', 'backward', 'accumulate']);
    expect(nn.declaredPasses(copy)).toEqual([]);
  });
});

describe('a loss that declares kernelsOnly', () => {
  it('and computes with the loss of a kernel, gives the same numbers on all kernels', () => {
    const half: nn.Loss<Tensor> = nn.kernelsOnly({
      name: 'half',
      labels: 'targets',
      forward(k: Kernels, dx: Tensor | null, x: Tensor, y: Tensor, weights?: Tensor) {
        const loss = k.meanSquaredError(dx, x, y, weights);
        if (dx) k.scale(dx, 0.5);
        return loss / 2;
      },
    });
    expectSameTraining(() => [nn.features(3), nn.dense(40), nn.dense(3000)], half);
  });
});

it('a pass that is exchanged before the first run is called each time', () => {
  const layers = [nn.recurrent(lstm, { units: 4 }), nn.dense(2)];
  const model = nn.createModel({ kernels: one, input: nn.features(3), layers });
  const graph = nn.unroll(model, { batch: 2, steps: 3, loss: 'softmaxCrossEntropy' });
  let calls = 0;
  for (const node of graph.nodes as (nn.GraphNode & { forward: () => number | void })[]) {
    const forward = node.forward.bind(node);
    node.forward = () => (calls++, forward());
  }
  for (let pass = 0; pass < 3; pass++) graph.forward();
  expect(calls).toBe(3 * graph.nodes.length);
});
