/** A small set of examples, and a run of `fit` on it that records everything it reports. */
import type { Cell } from '../../cells/index.js';
import { adam, clipByNorm, createRandom, type Kernels } from '../../engine/index.js';
import {
  createModel,
  createTrainer,
  decodeCheckpoint,
  dense,
  encodeCheckpoint,
  fit,
  oneHot,
  recurrent,
  restoreTrainer,
  type EpochRecord,
  type Examples,
  type FitOptions,
  type Layer,
  type FitState,
  type StepReport,
  type Trainer,
} from '../../models/index.js';
import { entries } from '../tensors.js';

export const SYMBOLS = 4;
const T = 3;
export const COUNT = 11;
const BATCH = 4;
export const window = { steps: T, loss: 'softmaxCrossEntropy' } as const;

/** 11 sequences of three symbols; the label is the remainder of their sum. */
export const examples: Examples = {
  count: COUNT,
  write(graph, row, index) {
    const symbols = [index % 4, (index >> 1) % 4, (3 * index) % 4];
    symbols.forEach((id, t) => (graph.input.data[t * graph.batch + row] = id));
    graph.labels!.data[row] = symbols.reduce((sum, id) => sum + id, 0) % SYMBOLS;
  },
};

export const newTrainer = (kernels: Kernels, cell: Cell): Trainer =>
  trainerOf(kernels, [recurrent(cell, { units: 5 }), dense(SYMBOLS)]);

export function trainerOf(kernels: Kernels, layers: readonly Layer[]): Trainer {
  const model = createModel({ kernels, input: oneHot(SYMBOLS), layers, seed: 6 });
  return createTrainer(model, adam({ rate: 0.02 }), clipByNorm(1));
}

export const defaults = (): FitOptions => ({
  epochs: 3,
  batch: BATCH,
  unroll: window,
  shuffle: createRandom(6, 'shuffle'),
});

/** Runs `fit` and records everything it reports. */
export async function run(trainer: Trainer, options: Partial<FitOptions> = {}, shown = examples) {
  const reports: StepReport[] = [];
  const losses: number[] = [];
  const records: EpochRecord[] = [];
  const state = await fit(trainer, shown, {
    ...defaults(),
    onStep: (report) => reports.push(report),
    onEpoch(record) {
      losses.push(record.loss);
      // Times differ from run to run.
      records.push({ ...record, ms: 0 });
    },
    ...options,
  });
  return { reports, losses, records, state, values: entries(trainer.model.parameters.values) };
}

/**
 * The same in two runs: the first is stopped after `stop` steps, the second continues from its checkpoint.
 */
export async function runInTwo(
  create: () => Trainer,
  stop: number,
  options: Partial<FitOptions> = {},
  shown = examples,
) {
  const stopped = create();
  const controller = new AbortController();
  const onStep = () => void (stopped.steps === stop && controller.abort());
  const first = await run(stopped, { ...options, signal: controller.signal, onStep }, shown);

  const checkpoint = await decodeCheckpoint(await encodeCheckpoint(stopped, first.state), 'it');
  const resumed = create();
  restoreTrainer(resumed, checkpoint, 'it');
  const rest = { ...options, state: checkpoint.state as FitState };
  const second = await run(resumed, rest, shown);
  const [losses, records] = [
    [...first.losses, ...second.losses],
    [...first.records, ...second.records],
  ];
  return { ...second, losses, records };
}
