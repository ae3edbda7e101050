/** Training over epochs, which can stop anywhere and go on as if it had not. */
import type { Random, RandomState } from '../../engine/index.js';
import { createBatches, type Examples, type GraphOptions } from './batches.js';
import { createYield } from './eventLoop.js';
import { requireFiniteParameters } from './finite.js';
import type { SavedStates } from './carriedStates.js';
import type { Trainer } from './trainer.js';
import type { Graph } from '../graph/graph.js';

/** Where training stands. With the trainer's memory and the parameters it is all that a checkpoint needs. */
export interface FitState {
  /** Epochs completed. */
  epoch: number;
  /** Steps taken in the epoch under way. */
  step: number;
  /** Σ loss · weight over those steps, where a batch weighs what counts in its loss: examples, or real time steps. */
  lossSum: number;
  /** Σ weight over those steps. */
  weight: number;
  /** Time in those steps, milliseconds. */
  ms: number;
  /** The shuffling generator at the start of the epoch under way. */
  order: RandomState | null;
  /** Where stateful layers go on; null: from 0. */
  states: SavedStates | null;
}

/** Before the first step. */
export const initialFitState: FitState = {
  epoch: 0,
  step: 0,
  lossSum: 0,
  weight: 0,
  ms: 0,
  order: null,
  states: null,
};

/** What is known of an epoch when it is over. */
export interface EpochRecord {
  /** 1 for the first. */
  epoch: number;
  /** Mean training loss over what counts in the epoch, each seen with the weights of its moment, as Keras reports it. */
  loss: number;
  steps: number;
  /** Time in training steps, milliseconds. */
  ms: number;
}

/** Where training stands after a step. */
export interface StepReport {
  epoch: number;
  /** 1 for the first of the epoch. */
  step: number;
  stepsPerEpoch: number;
  /** Mean training loss of the epoch so far. */
  loss: number;
}

/** How a model is trained. */
export interface FitOptions {
  /** Epochs in total, those before the given state included. */
  epochs: number;
  /** Examples per step; the last batch of an epoch may be smaller. */
  batch: number;
  /** How the graph is unrolled, but for its batch. */
  unroll: GraphOptions;
  /** Draws a new order for every epoch; null keeps the order of the examples. */
  shuffle: Random | null;
  /** Where to go on. Default: the start. */
  state?: FitState;
  /** Called after each step with its graph, for metrics; what it holds is the model's answer before the step. */
  onBatch?(graph: Graph): void;
  /** Called after each step, for a progress line. */
  onStep?(report: StepReport): void;
  /**
   * Called after each epoch with the state to continue from. When the signal aborts it may give up by throwing the
   * signal's reason: then the epoch is not over, and a continued run begins with this call.
   */
  onEpoch?(record: EpochRecord, state: FitState): void | Promise<void>;
  /** When it is aborted, training stops after the step under way. */
  signal?: AbortSignal;
}

/**
 * Trains until `epochs` are complete or the signal is aborted.
 * A run that is stopped anywhere and continued from its state equals the uninterrupted run, bit for bit.
 * @returns the state reached
 * @throws InputError when the loss or a gradient is no longer finite; RangeError when there are no examples
 */
export async function fit(trainer: Trainer, examples: Examples, options: FitOptions): Promise<FitState> {
  const { epochs, batch, shuffle, signal } = options;
  if (examples.count < 1) throw new RangeError('fit: there are no examples');
  const { load, states } = createBatches(trainer.model, options.unroll);
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

/** Where nothing counted there was no loss either. */
const mean = ({ lossSum, weight }: FitState) => (weight ? lossSum / weight : 0);
