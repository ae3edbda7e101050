/**
 * The bits of a training run depend neither on the number of threads nor on whether the passes are planned.
 * Five steps on one thread are compared with the same steps on two, three and four, and with the nodes run by
 * hand.
 */
import { afterAll, describe, expect, it } from '@jest/globals';
import {
  adam,
  clipByGlobalNorm,
  createKernels,
  createRandom,
  type Indices,
  type Kernels,
  type Tensor,
} from '../../engine/index.js';
import {
  createModel,
  createTrainer,
  dense,
  features,
  recurrent,
  unroll,
  type Graph,
  type LossName,
  type UnrollOptions,
} from '../../models/index.js';
import { clearPadding } from '../../models/graph/invalidData.js';
import { models, T, WORDS, type Layout } from './threadedModels.js';
import { countWakes } from '../wakes.js';
import { allCells } from './fixtures.js';

const STEPS = 5;

const crews: readonly Kernels[] = await Promise.all(
  [1, 2, 3, 4].map((threads) => createKernels({ threads })),
);
const [oneThread, ...moreThreads] = crews as [Kernels, ...Kernels[]];
afterAll(() => Promise.all(crews.map((kernels) => kernels.close())));

interface Setting extends UnrollOptions {
  readonly loss: LossName;
  readonly carried?: boolean;
  /** Compared with one thread. */
  readonly threads: readonly number[];
}

const masked = { mask: true, initialStateGradient: true };

/** Batches that give parts of unequal size, or fewer parts than threads. */
const settings: readonly Setting[] = [
  { threads: [2, 3], batch: 5, steps: T, loss: 'softmaxCrossEntropy' },
  { threads: [4], batch: 7, steps: T, loss: 'meanSquaredError', ...masked, carried: true },
  {
    threads: [2, 4],
    batch: 16,
    steps: T,
    loss: 'binaryCrossEntropy',
    weights: true,
    carried: true,
    advance: 3,
  },
  { threads: [3], batch: 33, steps: T, loss: 'softmaxCrossEntropy', ...masked, weights: true },
];

/** Writes new random numbers everywhere, the same for the same step. */
function feed(graph: Graph, step: number): void {
  const random = createRandom(step, 'batch');
  const write = (t: Tensor | Indices | null, next: (n: number) => number) =>
    t?.data.forEach((_, n, data) => (data[n] = next(n)));
  const below = (count: number) => () => Math.floor(count * random.uniform());
  const { input, labels, output } = graph;
  write(input, input.data instanceof Int32Array ? below(WORDS) : () => random.normal());
  write(labels, labels?.data instanceof Int32Array ? below(output.shape[1]!) : () => random.uniform());
  write(graph.weights, (n) => (n + step) % 3);
  // Padding before the sequence in some batches and after it in others; sometimes a step is padding in every
  // row.
  const { batch, steps } = graph;
  const length = (b: number) => 1 + ((b + step) % (steps - (step % 2)));
  const time = (n: number) => Math.floor(n / batch);
  write(graph.mask, (n) => Number((step < 2 ? steps - 1 - time(n) : time(n)) < length(n % batch)));
}

/** The graph with its nodes run one by one, in the documented order. */
function byHand(graph: Graph, lastLoss: () => number): Graph {
  const shared = graph.nodes.filter((node) => node.shared);
  const own = graph.nodes.filter((node) => !node.shared);
  return {
    ...graph,
    forward() {
      if (graph.mask) clearPadding(graph.input, graph.mask);
      for (const node of graph.nodes) node.prepare?.();
      for (const node of graph.nodes) node.forward();
      return lastLoss();
    },
    backward() {
      for (const node of [...own].reverse()) node.backward();
      for (const node of own) node.accumulate?.();
      for (const node of [...shared].reverse()) {
        node.accumulate?.();
        node.backward();
      }
    },
  };
}

/** Kernels that remember the last loss. */
function rememberingLoss(k: Kernels) {
  let last = NaN;
  const kernels: Kernels = {
    ...k,
    softmaxCrossEntropy: (...args) => (last = k.softmaxCrossEntropy(...args)),
    binaryCrossEntropy: (...args) => (last = k.binaryCrossEntropy(...args)),
    meanSquaredError: (...args) => (last = k.meanSquaredError(...args)),
  };
  return { kernels, last: () => last };
}

type Bits = Record<string, Uint8Array>;
const bitsOf = (losses: readonly number[]) => new Uint8Array(Float64Array.from(losses).buffer);
const bitsIn = ({ data, offset, size }: Tensor) => new Uint8Array(data.slice(offset, offset + size).buffer);

/** All results of five steps. */
function train(k: Kernels, layout: Layout, setting: Setting, hand = false): Bits {
  const { kernels, last } = hand ? rememberingLoss(k) : { kernels: k, last: () => NaN };
  const [input, ...layers] = layout;
  const model = createModel({ kernels, input, layers, seed: 3 });
  const inputGradient = input.kind === 'features' && setting.batch % 2 === 1;
  const { batch, steps, loss, advance = steps, mask = false, weights = false } = setting;
  const { initialStateGradient = false } = setting;
  const options = { batch, steps, loss, advance, mask, weights, initialStateGradient, inputGradient };
  const planned = unroll(model, options);
  const graph = hand ? byHand(planned, last) : planned;
  const trainer = createTrainer(model, adam({ rate: 0.01 }), clipByGlobalNorm(0.5));
  const losses: number[] = [];
  for (let step = 0; step < STEPS; step++) {
    feed(graph, step);
    losses.push(trainer.step(graph));
    if (setting.carried) graph.carryStates();
  }
  const tensors: Record<string, Tensor | null> = {
    parameters: model.parameters.values,
    gradients: model.parameters.gradients,
    output: graph.output,
    inputGradient: graph.inputGradient,
    ...trainer.memory,
  };
  for (const [layer, states] of Object.entries(graph.states)) {
    for (const [s, { initial, final, gradient }] of Object.entries(states)) {
      Object.assign(tensors, { [`${layer}.${s}.initial`]: initial, [`${layer}.${s}.final`]: final });
      tensors[`${layer}.${s}.gradient`] = gradient;
    }
  }
  const noise = bitsOf(Object.values(model.dropoutRandom.state()).flat().map(Number));
  const bits: Bits = { losses: bitsOf(losses), noise };
  for (const [name, t] of Object.entries(tensors)) if (t) bits[name] = bitsIn(t);
  return bits;
}

/** The names of the results that differ. */
const differences = (a: Bits, b: Bits) =>
  Object.keys({ ...a, ...b }).filter(
    (name) => !Buffer.from(a[name] ?? []).equals(b[name] ?? new Uint8Array(1)),
  );

it('the kernels run on 1, 2, 3 and 4 threads', () => {
  expect(crews.map(({ threads }) => threads)).toEqual([1, 2, 3, 4]);
});

it.each(Object.entries(models))(
  'both passes are partitioned, without which these tests would prove nothing: %s',
  async (_, layout) => {
    const kernels = await createKernels({ threads: 2 });
    const { batch, loss } = settings[0]!;
    const [input, ...layers] = layout(allCells[0]!, batch);
    const graph = unroll(createModel({ kernels, input, layers }), { batch, steps: T, loss });
    expect(countWakes(() => graph.forward())).toBeGreaterThan(0);
    expect(countWakes(() => graph.backward())).toBeGreaterThan(0);
    await kernels.close();
  },
);

describe.each(allCells)('training a $name', (cell) => {
  describe.each(Object.entries(models))('with %s', (name, layout) => {
    // One of the settings, in rotation over cells and models.
    const turn = allCells.indexOf(cell) + Object.keys(models).indexOf(name);
    it.each(settings.filter((_, n) => (n + turn) % settings.length === 0))(
      '$batch examples: the same bits on threads $threads as on one, and by hand',
      (setting) => {
        const expected = train(oneThread, layout(cell, setting.batch), setting);
        const planless = train(oneThread, layout(cell, setting.batch), setting, true);
        expect(differences(planless, expected)).toEqual([]);
        for (const threads of setting.threads) {
          const actual = train(crews[threads - 1]!, layout(cell, setting.batch), setting);
          expect([threads, ...differences(actual, expected)]).toEqual([threads]);
        }
      },
    );
  });

  it('has the same bits on threads that share out the units of a large layer', () => {
    const layout: Layout = [features(3), recurrent(cell, { units: 560 }), dense(4)];
    const run = (kernels: Kernels) => train(kernels, layout, { ...settings[1]!, batch: 6, threads: [] });
    for (const kernels of moreThreads) expect(differences(run(kernels), run(oneThread))).toEqual([]);
  });

  it('has the same bits when graphs of several batch sizes, sharing copies of the weights, take turns', () => {
    const run = (kernels: Kernels): Bits => {
      const [input, ...layers] = models['all states']!(cell, 6);
      const model = createModel({ kernels, input, layers, seed: 3 });
      const trainer = createTrainer(model, adam({ rate: 0.01 }));
      const loss = 'softmaxCrossEntropy';
      const graphs = [33, 6].map((batch) => unroll(model, { batch, steps: T, loss }));
      const evaluation = unroll(model, { batch: 9, steps: T, loss, training: false });
      const losses: number[] = [];
      for (let step = 0; step < STEPS; step++) {
        for (const graph of [...graphs, evaluation]) feed(graph, step);
        losses.push(...graphs.map((graph) => trainer.step(graph)), evaluation.forward());
      }
      return { losses: bitsOf(losses), parameters: bitsIn(model.parameters.values) };
    };
    for (const kernels of moreThreads) expect(differences(run(kernels), run(oneThread))).toEqual([]);
  });
});
