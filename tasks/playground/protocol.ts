/**
 * What page and worker say to each other. Everything is plain data. `generation` numbers the trainings of a
 * page: what still arrives from an earlier one is not drawn.
 */
import type { Settings } from './state.js';

/** A text as a file holds it. */
export interface TextBytes {
  readonly source: string;
  readonly bytes: Uint8Array;
}

export type ToWorker =
  | { type: 'start'; generation: number; settings: Settings; text: TextBytes }
  | { type: 'import'; generation: number; bytes: Uint8Array; source: string; texts: readonly TextBytes[] }
  /** Until it is paused. */
  | { type: 'train' }
  /** One batch. Each request to train is done after those before it, and answered with `idle` at its end. */
  | { type: 'step' }
  | { type: 'pause' }
  /** Takes effect at the next batch. */
  | { type: 'set'; rate: number; clip: number | null }
  /**
   * Shows another window; it is filled up from the left with the text's opening. Null: the last one again.
   */
  | { type: 'look'; characters: string | null }
  | { type: 'check'; id: number; name: string; t: number; unit: number }
  | { type: 'export' }
  /** Opens a model file of any program, or several files of one model, by name. */
  | { type: 'open'; files: ReadonlyMap<string, Uint8Array> }
  /** Looks at the model that was opened. */
  | { type: 'view'; view: FileView };

/** How a model that was opened is looked at. */
export interface FileView {
  /** One of `views`. */
  readonly layer: string;
  /** What it reads, if it reads text; of others, the random numbers are those of this seed. */
  readonly text: string;
  readonly seed: number;
}

/** A layer of a model that was opened. */
export interface FileLayer {
  readonly name: string;
  readonly kind: string;
  /** Its options. */
  readonly about: string;
  readonly parameters: number;
}

/** A model that was opened. */
export interface FileFacts {
  readonly source: string;
  readonly format: string;
  readonly notes: readonly string[];
  readonly parameters: number;
  readonly layers: readonly FileLayer[];
  /** As they are in the file. */
  readonly tensors: readonly (readonly [name: string, type: string, shape: readonly number[]])[];
  /** The recurrent layers, and directions of them, that can be looked at; there may be none. */
  readonly views: readonly string[];
  /** Whether it reads text: a symbol per step. */
  readonly isText: boolean;
  /** What it reads, and of which loss the gradients are, in words. */
  readonly reads: string;
  readonly loss: string;
}

/** What does not change during a training. */
export interface Facts {
  readonly settings: Settings;
  readonly source: string;
  readonly characters: number;
  readonly vocabulary: readonly string[];
  readonly parameters: number;
  readonly kernels: string;
  readonly threads: number;
  /** By distance, the norm that the gradient of an untrained tanh-RNN of the same size has. */
  readonly ghost: readonly number[];
}

/** One window of T characters, forward and backward, as the graph computed it. */
export interface Look {
  readonly cell: string;
  /** What the steps read: T + 1 characters; the last one is to be predicted. */
  readonly characters: ArrayLike<string>;
  readonly steps: number;
  readonly units: number;
  /** The names of numbers that are computed going forward, and going backward, in that order. */
  readonly forward: readonly string[];
  readonly backward: readonly string[];
  /** By name, [T,H]. */
  readonly numbers: Readonly<Record<string, Float32Array>>;
  /** The names of the outputs: the characters. */
  readonly vocabulary: readonly string[];
  /** Of each character of the vocabulary, after the last step; or, if they are none, the outputs. */
  readonly probabilities: Float32Array;
  readonly isProbability: boolean;
  /** Bits. */
  readonly loss: number;
  /** Whether `check` knows this graph. */
  readonly isCheckable: boolean;
  /** Whether the gradient of the last h comes from a dense layer. */
  readonly isBelowDense: boolean;
}

export interface Written {
  readonly step: number;
  /** The window that was continued. */
  readonly opening: string;
  readonly text: string;
  /** Of each character of the text, when it was drawn. */
  readonly probabilities: Float32Array;
}

export interface Checked {
  readonly id: number;
  /** Of which number the derivative was taken, such as `dLoss/dc`. */
  readonly what: string;
  /**
   * The derivative here in float32, by the backward pass in float64, and by finite differences in float64.
   */
  readonly here: number;
  readonly analytic: number;
  readonly numeric: number;
  readonly error: number;
}

export type FromWorker =
  | { type: 'ready'; generation: number; facts: Facts; step: number; losses: readonly Point[] }
  | {
      type: 'progress';
      generation: number;
      step: number;
      epoch: number;
      /** Since the last message. */
      losses: readonly Point[];
      charactersPerSecond: number;
      /** Norm of the last gradient, before clipping. */
      norm: number;
    }
  | { type: 'look'; generation: number; look: Look }
  | { type: 'reach'; generation: number; state: string; norms: readonly number[] }
  | { type: 'written'; generation: number; written: Written }
  | { type: 'idle'; generation: number; step: number }
  /** The loss is infinite, or far above that of guessing. */
  | { type: 'diverged'; generation: number; why: string }
  | { type: 'checked'; checked: Checked }
  | { type: 'exported'; name: string; bytes: Uint8Array }
  /** The model, and a text that it may read first. */
  | { type: 'opened'; file: FileFacts; text: string }
  | { type: 'viewed'; look: Look }
  /** The request could not be met; `what` is a sentence for the visitor. The training before it goes on. */
  | { type: 'refused'; generation: number; what: string };

/** A batch, counted from 1, and its loss in bits per character. */
export type Point = readonly [step: number, bits: number];
