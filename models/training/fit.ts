/** Training over epochs, which can be stopped and continued at any step. */
import type { Random, RandomState } from '../../engine/index.js';
import { createBatches, type Examples, type GraphOptions } from './batches.js';
import { createYield } from './eventLoop.js';
import { requireFiniteParameters } from './finite.js';
import type { SavedStates } from './carriedStates.js';
import type { Trainer } from './trainer.js';
import type { Graph } from '../graph/graph.js';

/**
 * The state of training. With the trainer's memory and the parameters, this is all that a checkpoint needs.
 */
export interface FitState {
  /** Epochs completed. */
  epoch: number;
  /** Steps taken in the current epoch. */
  step: number;
  /** Σ loss · weight over those steps; weight is the number of examples, or real time steps, in the loss. */
  lossSum: number;
  /** Σ weight over those steps. */
  weight: number;
  /** Time in those steps, milliseconds. */
  ms: number;
  /** The shuffling generator at the start of the current epoch. */
  order: RandomState | null;
  /** The states from which stateful layers continue; null: from 0. */
  states: SavedStates | null;
}

/** The state before the first step. */
export const initialFitState: FitState = {
  epoch: 0,
  step: 0,
  lossSum: 0,
  weight: 0,
  ms: 0,
  order: null,
  states: null,
};

/** The record of a completed epoch. */
export interface EpochRecord {
  /** 1 for the first. */
  epoch: number;
  /**
   * Weighted mean training loss of the epoch, each batch under its weights at the time, as Keras reports it.
   */
  loss: number;
  steps: number;
  /** Time in training steps, milliseconds. */
  ms: number;
}

/** Progress after a step. */
export interface StepReport {
  epoch: number;
  /** 1 for the first of the epoch. */
  step: number;
  stepsPerEpoch: number;
  /** Mean training loss of the epoch so far. */
  loss: number;
}

/** Options of `fit`. */
export interface FitOptions {
  /** Epochs in total, including those before the given state. */
  epochs: number;
  /** Examples per step; the last batch of an epoch may be smaller. */
  batch: number;
  /** How to unroll the graph, except for the batch size. Examples of `sequences` know their steps and masks. */
  unroll: Partial<GraphOptions>;
  /** Draws a new order for each epoch; null keeps the order of the examples. */
  shuffle: Random | null;
  /** The state to continue from. Default {@link initialFitState}, the start. */
  state?: FitState;
  /**
   * Called after each step with its graph, for metrics; the graph holds the model's output before the step.
   * Default: no call.
   */
  onBatch?(graph: Graph): void;
  /** Called after each step, for a progress line. Default: no call. */
  onStep?(report: StepReport): void;
  /**
   * Called after each epoch with the state to continue from. When the signal aborts, it may throw the
   * signal's reason: the epoch then does not count as complete, and a continued run begins with this call.
   * Default: no call.
   */
  onEpoch?(record: EpochRecord, state: FitState): void | Promise<void>;
  /** When aborted, training stops after the current step. Default: it runs to its end. */
  signal?: AbortSignal;
}

/**
 * Trains until `epochs` are complete or the signal is aborted.
 * A run that is stopped and continued from its state gives the same bits as an uninterrupted run.
 * @returns the state reached
 * @throws InputError when the loss or a gradient is no longer finite; RangeError when there are no examples
 */
export async function fit(trainer: Trainer, examples: Examples, options: FitOptions): Promise<FitState> {
  const { epochs, batch, shuffle, signal } = options;
  if (examples.count < 1) throw new RangeError('fit: there are no examples');
  const { load, states } = createBatches(trainer.model, { ...examples.unroll, ...options.unroll });
  const stepsPerEpoch = Math.ceil(examples.count / batch);
  const yieldNow = createYield();
  let state = { ...(options.state ?? initialFitState) };
  if (state.order) shuffle?.restore(state.order);
  states.restore(state.states);

  while (state.epoch < epochs) {
    const epoch = state.epoch + 1;
    state.order = shuffle && shuffle.state();
    const order = shuffle?.permutation(examples.count) ?? null;

    while (state.step < stepsPerEpoch && !signal?.aborted) {
      const start = performance.now();
      const from = state.step * batch;
      const to = Math.min(from + batch, examples.count);
      const graph = load(examples, from, to, order);
      const loss = trainer.step(graph);
      const weight = graph.weight();
      state.lossSum += loss * weight;
      state.weight += weight;
      states.take(graph);
      state.step++;
      state.ms += performance.now() - start;
      options.onBatch?.(graph);
      options.onStep?.({ epoch, step: state.step, stepsPerEpoch, loss: mean(state) });
      await yieldNow();
    }
    requireFiniteParameters(trainer.model, `in epoch ${epoch} after step ${state.step}`);
    if (state.step < stepsPerEpoch) return { ...state, states: states.save() };

    const record = { epoch, loss: mean(state), steps: stepsPerEpoch, ms: state.ms };
    const next = { ...initialFitState, epoch, order: shuffle && shuffle.state() };
    try {
      await options.onEpoch?.(record, { ...next });
    } catch (error) {
      if (signal?.aborted && error === signal.reason) return state;
      throw error;
    }
    state = next;
    states.reset();
  }
  return state;
}

/** The mean loss so far; 0 when no row had weight. */
const mean = ({ lossSum, weight }: FitState) => (weight ? lossSum / weight : 0);
