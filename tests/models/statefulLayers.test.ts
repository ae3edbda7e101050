/**
 * Stateful layers in `fit` and evaluators: the outputs of the batches are compared with those of each row's
 * examples read as one long sequence.
 */
import { describe, expect, it } from '@jest/globals';
import { createRandom, sgd, type Kernels } from '../../engine/index.js';
import {
  bidirectional,
  createEvaluator,
  createModel,
  createTrainer,
  dense,
  features,
  fit,
  recurrent,
  unroll,
  type Examples,
  type Graph,
  type Layer,
  type Model,
} from '../../models/index.js';
import { createBatches } from '../../models/training/batches.js';
import { expectClose, randomize, toRows } from '../tensors.js';
import { run, runInTwo, SYMBOLS, trainerOf } from './toyFit.js';
import { cellsOnKernels, inputRows, somePairs } from './fixtures.js';

const [T, D, H, BATCH] = [3, 2, 4, 3];
const options = { units: H, returnSequences: true };

/** The input of example `index`, step by step. */
const window = (index: number) =>
  Array.from({ length: T }, (_, t) => inputRows(index * T + t, index * T + t + 1, D));

/** The targets are 0. */
const windows = (count: number): Examples => ({
  count,
  write(graph, row, index) {
    window(index).forEach((x, t) => graph.input.data.set(x, (t * graph.batch + row) * D));
    graph.labels?.data.fill(0);
  },
});

function modelOf(kernels: Kernels, ...layers: Layer[]): Model {
  const model = createModel({ kernels, input: features(D), layers });
  randomize(model.parameters.values, createRandom(5));
  kernels.scale(model.parameters.values, 0.5);
  return model;
}

/** The output rows for one sequence, from states of 0. */
function alone(model: Model, sequence: readonly number[][]): number[][] {
  const graph = unroll(model, { batch: 1, steps: sequence.length });
  graph.input.data.set(sequence.flat());
  graph.forward();
  return toRows(graph.output);
}

/** Shows examples to a model `times` times without changing it; calls `onBatch` for each batch. */
type Reader = (
  model: Model,
  shown: Examples,
  onBatch: (graph: Graph) => void,
  times: number,
) => Promise<void>;

const meanSquaredError = { steps: T, loss: 'meanSquaredError' } as const;
const readers: [string, Reader][] = [
  [
    'fit',
    async (model, shown, onBatch, epochs) => {
      const trainer = createTrainer(model, sgd({ rate: 0 }));
      await fit(trainer, shown, { epochs, batch: BATCH, unroll: meanSquaredError, shuffle: null, onBatch });
    },
  ],
  [
    'an evaluator',
    async (model, shown, onBatch, times) => {
      const evaluate = createEvaluator(model, { batch: BATCH, unroll: meanSquaredError, onBatch });
      for (let n = 0; n < times; n++) await evaluate(shown);
    },
  ],
];

/** The output rows of each example of a batch. */
function outputsIn({ output, batch }: Graph): number[][][] {
  const rows = toRows(output);
  return Array.from({ length: batch }, (_, b) => rows.filter((_, m) => m % batch === b));
}

/** The output rows of each example, each time it is shown. */
async function outputsOf(reader: Reader, model: Model, count: number, times = 1): Promise<number[][][]> {
  const all: number[][][] = [];
  await reader(model, windows(count), (graph) => all.push(...outputsIn(graph)), times);
  return all;
}

/** The entries of `all` that belong to one row of the batches, concatenated. */
const ofRow = <A>(all: readonly A[][], row: number): A[] => all.filter((_, n) => n % BATCH === row).flat();

describe.each(readers)('in %s', (_, reader) => {
  describe.each(cellsOnKernels)('layers of $title', ({ kernels, cell, tolerance }) => {
    const create = (stateful: boolean) => modelOf(kernels, recurrent(cell, { ...options, stateful }));

    it('that are stateful continue, row by row, where the previous batch ended, even a smaller last one', async () => {
      const count = 2 * BATCH + 2;
      const [model, outputs] = [create(true), await outputsOf(reader, create(true), count)];
      const inputs = Array.from({ length: count }, (_, index) => window(index));
      for (let row = 0; row < BATCH; row++) {
        expectClose(ofRow(outputs, row), alone(model, ofRow(inputs, row)), tolerance);
      }
    });

    it('that are stateful start from 0 in each epoch and each evaluation', async () => {
      const outputs = await outputsOf(reader, create(true), 5, 2);
      expect(outputs.slice(5)).toEqual(outputs.slice(0, 5));
    });

    it('that are not stateful start from 0 in each batch', async () => {
      const [model, outputs] = [create(false), await outputsOf(reader, create(false), 5)];
      outputs.forEach((own, index) => expectClose(own, alone(model, window(index)), tolerance));
    });

    it('may be stateful above others that are not, and output their last state', async () => {
      const below = recurrent(cell, options);
      const above = (stateful: boolean) => recurrent(cell, { units: H, stateful });
      const [first, second] = [true, false].map((stateful) =>
        modelOf(kernels, below, above(stateful), dense(2)),
      );
      const outputs = await outputsOf(reader, first!, 2 * BATCH);
      const graph = unroll(second!, { batch: 1, steps: T });
      const states = Object.values(graph.states[`${cell.name}2`]!);
      for (let row = 0; row < BATCH; row++) {
        for (const { initial } of states) kernels.fill(initial, 0);
        for (const index of [row, row + BATCH]) {
          graph.input.data.set(window(index).flat());
          graph.forward();
          expectClose(outputs[index]!, toRows(graph.output), tolerance);
          for (const state of states) state.carry();
        }
      }
    });

    it('that read backwards, alone or in a bidirectional layer, continue where they ended', async () => {
      const both = modelOf(kernels, bidirectional(cell, { ...options, stateful: true }));
      const back = modelOf(kernels, recurrent(cell, { ...options, stateful: true, goBackwards: true }));
      // Reads what each direction reads, in its order.
      const ahead = modelOf(kernels, recurrent(cell, options));
      const copy = (part: string, to: Model) => {
        const own = both.parameters.list.filter(({ name }) => name.includes(`.${part}.`));
        to.parameters.list.forEach(({ value }, n) => kernels.copy(value, own[n]!.value));
      };
      copy('backward', back);
      const ofBoth = await outputsOf(reader, both, 2 * BATCH);
      const ofBack = await outputsOf(reader, back, 2 * BATCH);
      for (let row = 0; row < BATCH; row++) {
        const [first, second] = [window(row), window(row + BATCH)];
        copy('forward', ahead);
        const h = alone(ahead, [...first, ...second]);
        copy('backward', ahead);
        const g = alone(ahead, [...first.reverse(), ...second.reverse()]);
        expectClose(ofRow(ofBack, row), g, tolerance);
        const inOrder = [...g.slice(0, T).reverse(), ...g.slice(T).reverse()];
        expectClose(
          ofRow(ofBoth, row),
          h.map((one, t) => [...one, ...inOrder[t]!]),
          tolerance,
        );
      }
    });
  });
});

describe.each(cellsOnKernels)('stateful layers of $title', ({ kernels, cell, tolerance }) => {
  it('rows missing from a smaller batch keep their state for the next batch that has them', () => {
    const model = modelOf(kernels, recurrent(cell, { ...options, stateful: true }));
    const { load, states } = createBatches(model, { steps: T });
    const rows: number[][][] = [[], [], []];
    for (const [from, to] of [
      [0, 3],
      [3, 5],
      [5, 8],
    ] as const) {
      const graph = load(windows(8), from, to);
      graph.forward();
      states.take(graph);
      outputsIn(graph).forEach((own, row) => rows[row]!.push(...own));
    }
    const read = [
      [0, 3, 5],
      [1, 4, 6],
      [2, 7],
    ];
    rows.forEach((own, row) => expectClose(own, alone(model, read[row]!.flatMap(window)), tolerance));
  });
});

const stateful = { units: 5, stateful: true };
const layouts: [string, (cell: Parameters<typeof recurrent>[0]) => Layer][] = [
  ['one layer', (cell) => recurrent(cell, stateful)],
  ['one that reads backwards', (cell) => recurrent(cell, { ...stateful, goBackwards: true })],
  [
    'one that reads both ways, with dropout',
    (cell) => bidirectional(cell, { ...stateful, recurrentDropout: 0.3 }),
  ],
];

describe.each(somePairs)('training stateful layers of $title', ({ kernels, cell }) => {
  // After the very first step, and after one and two of the three in the second epoch.
  it.each(layouts.flatMap(([name, layer]) => [1, 4, 5].map((stop) => ({ name, layer, stop }))))(
    '$name: has the same bits when stopped after step $stop and continued from a checkpoint',
    async ({ layer, stop }) => {
      const create = () => trainerOf(kernels, [layer(cell), dense(SYMBOLS)]);
      const { losses, values, state } = await run(create());
      expect(await runInTwo(create, stop)).toMatchObject({ losses, values, state });
    },
  );

  it('has losses different from those of stateless layers', async () => {
    const losses = async (stateful: boolean) =>
      (await run(trainerOf(kernels, [recurrent(cell, { units: 5, stateful }), dense(SYMBOLS)]))).losses;
    expect(await losses(true)).not.toEqual(await losses(false));
  });
});
