/** Training over epochs, and evaluation: examples are cut into batches and written into the graph's buffers. */
import type { Random, RandomState } from '../engine/index.js';
import type { Model } from './model.js';
import type { Trainer } from './trainer.js';
import { unroll, type Graph, type UnrollOptions } from './unroll.js';

/** A set of examples that can write themselves into a batch. */
export interface Examples {
  readonly count: number;
  /** Writes input and label of example `index` into row `row` of the graph's batch. */
  write(graph: Graph, row: number, index: number): void;
}

/** Where training stands. With the trainer's memory and the parameters it is all that a checkpoint needs. */
export interface Position {
  /** Epochs completed. */
  epoch: number;
  /** Steps taken in the epoch under way. */
  step: number;
  /** Σ loss · examples over those steps. */
  lossSum: number;
  /** The shuffling generator at the start of the epoch under way. */
  order: RandomState | null;
}

export const START: Position = { epoch: 0, step: 0, lossSum: 0, order: null };

export interface EpochRecord {
  /** 1 for the first. */
  epoch: number;
  /** Mean training loss over the epoch's examples, each seen with the weights of its moment, as Keras reports it. */
  loss: number;
  steps: number;
  /** Time in training steps, milliseconds. */
  ms: number;
}

export interface StepReport {
  epoch: number;
  /** 1 for the first of the epoch. */
  step: number;
  stepsPerEpoch: number;
  /** Mean training loss of the epoch so far. */
  loss: number;
}

export interface FitOptions {
  /** Epochs in total, those before `position` included. */
  epochs: number;
  /** Examples per step; the last batch of an epoch may be smaller. */
  batch: number;
  /** How the graph is unrolled, but for its batch. */
  unroll: Omit<UnrollOptions, 'batch'>;
  /** Draws a new order for every epoch; null keeps the order of the examples. */
  shuffle: Random | null;
  /** Where to go on. Default: the start. */
  position?: Position;
  onStep?(report: StepReport): void;
  /** Called after each epoch with the position to go on from. */
  onEpoch?(record: EpochRecord, position: Position): void | Promise<void>;
  /** When it is aborted, training stops after the step under way. */
  signal?: AbortSignal;
}

/**
 * Trains until `epochs` are complete or the signal is aborted.
 * A run that is stopped anywhere and continued from its position equals the uninterrupted run, bit for bit.
 * @returns the position reached
 * @throws InputError when the loss or a gradient is no longer finite; RangeError when there are no examples
 */
export async function fit(trainer: Trainer, examples: Examples, options: FitOptions): Promise<Position> {
  const { epochs, batch, shuffle, signal } = options;
  if (examples.count < 1) throw new RangeError('fit: there are no examples');
  const graphFor = graphsByBatch(trainer.model, options.unroll);
  const stepsPerEpoch = Math.ceil(examples.count / batch);
  const position = { ...(options.position ?? START) };
  if (position.order) shuffle?.restore(position.order);
  let breath = performance.now();

  while (position.epoch < epochs) {
    position.order = shuffle && shuffle.state();
    const order = shuffle?.permutation(examples.count) ?? null;
    let ms = 0;

    while (position.step < stepsPerEpoch) {
      if (signal?.aborted) return position;
      const start = performance.now();
      const from = position.step * batch;
      const to = Math.min(from + batch, examples.count);
      const graph = graphFor(to - from);
      for (let n = from; n < to; n++) examples.write(graph, n - from, order ? order[n]! : n);
      position.lossSum += trainer.step(graph) * (to - from);
      position.step++;
      ms += performance.now() - start;
      options.onStep?.({
        epoch: position.epoch + 1,
        step: position.step,
        stepsPerEpoch,
        loss: position.lossSum / to,
      });
      if (performance.now() > breath + BREATH_MS) {
        await eventLoop();
        breath = performance.now();
      }
    }

    const loss = position.lossSum / examples.count;
    Object.assign(position, {
      epoch: position.epoch + 1,
      step: 0,
      lossSum: 0,
      order: shuffle && shuffle.state(),
    });
    await options.onEpoch?.({ epoch: position.epoch, loss, steps: stepsPerEpoch, ms }, { ...position });
  }
  return position;
}

/**
 * Prepares to compute mean losses without training, as on held-out examples.
 * @returns the mean loss of the model, as it stands at the call, over the examples
 */
export function createEvaluator(
  model: Model,
  { batch, unroll: unrollOptions }: { batch: number; unroll: Omit<UnrollOptions, 'batch'> },
): (examples: Examples) => number {
  const graphFor = graphsByBatch(model, { ...unrollOptions, training: false });
  return (examples) => {
    let sum = 0;
    for (let from = 0; from < examples.count; from += batch) {
      const to = Math.min(from + batch, examples.count);
      const graph = graphFor(to - from);
      for (let n = from; n < to; n++) examples.write(graph, n - from, n);
      sum += graph.forward() * (to - from);
    }
    return sum / examples.count;
  };
}

/** A graph for each batch size that occurs: the usual one, and that of the last batch. */
function graphsByBatch(model: Model, options: Omit<UnrollOptions, 'batch'>): (batch: number) => Graph {
  const graphs = new Map<number, Graph>();
  return (batch) => {
    let graph = graphs.get(batch);
    if (!graph) graphs.set(batch, (graph = unroll(model, { ...options, batch })));
    return graph;
  };
}

/** How long training may keep timers and signals waiting, milliseconds. */
const BREATH_MS = 50;

/** Lets timers and signals (Ctrl-C) in. */
const eventLoop = () => new Promise((resolve) => setTimeout(resolve, 0));
