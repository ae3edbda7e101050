/** Callbacks of `fit`: plain values that watch a training and may end it. Their state is a part of its state. */
import type { EpochRecord } from './epochRecord.js';
import type { GraphOptions } from './batches.js';
import type { Trainer } from './trainer.js';
import type { Graph } from '../graph/graph.js';
import type { StopSignal } from './stopSignal.js';

/** The training that a callback watches. */
export interface Training {
  readonly trainer: Trainer;
  readonly batch: number;
  readonly unroll: Partial<GraphOptions>;
  readonly signal: StopSignal | null;
  /** The names of the figures in the records: `loss`, and those that callbacks add. */
  readonly figures: string[];
}

/** A value for `callbacks` of `fit`. */
export interface Callback {
  /** Its name in the state of training, unique. */
  readonly name: string;
  /**
   * Begins to watch.
   * @param state what `save` returned, to continue from. Default: the start of training
   */
  readonly start: (training: Training, state?: unknown) => Watching;
}

/** A callback at work. */
export interface Watching {
  /** Called after the passes of each batch. Default: no call. */
  readonly afterBatch?: (graph: Graph) => void;
  /** Called after each epoch, before `onEpoch`; it may add figures to the record. Default: no call. */
  readonly afterEpoch?: (record: EpochRecord) => void | Promise<void>;
  /** Whether training ends before `epochs`. Default: it does not. */
  readonly isOver?: () => boolean;
  /** Called when training ends, unless the signal ended it. Default: no call. */
  readonly end?: () => void;
  /** Its state, any JSON value. Default: none. */
  readonly save?: () => unknown;
}
