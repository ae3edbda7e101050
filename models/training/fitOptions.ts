/** What `fit` is given, and what it reports. */
import type { Random, RandomState } from '../../engine/index.js';
import type { GraphOptions } from './batches.js';
import type { Callback } from './callback.js';
import type { SavedStates } from './carriedStates.js';
import type { EpochRecord } from './epochRecord.js';
import type { Graph } from '../graph/graph.js';
import type { StopSignal } from './stopSignal.js';

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
  /** The states of the callbacks, by name. Default: as at the start. */
  callbacks?: Readonly<Record<string, unknown>>;
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
  /** How many batches a step joins: the gradient of a larger batch in the memory of one. Default 1. */
  accumulate?: number;
  /**
   * What watches the training, in this order: `measure({ metrics: [accuracy()], validation })`,
   * `earlyStopping({ patience: 3 })`. Default: nothing, but a rate that is a callback is always told.
   */
  callbacks?: readonly Callback[];
  /** The state to continue from. Default {@link initialFitState}, the start. */
  state?: FitState;
  /**
   * Called after the passes of each batch, with its graph, which holds the model's output before the step.
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
  /** When aborted, training stops after the current step. Default null: it runs to its end. */
  signal?: StopSignal | null;
}
