/** What one run of the program is asked for, and what comes out of it. */
import type { EpochPoint } from '../common/training.js';
import type { Baselines } from './baselines.js';
import type { Accuracies, Confusion } from './confusion.js';
import type { PosState } from './state.js';
import type { TaggedSentence } from '../../datasets/index.js';

export interface PosRun {
  epochs: number;
  /** treebank.zip, or SENTS,TAGS; null: the embedded sentences. */
  data: string | null;
  /** Read the first so many sentences only; null: all. */
  sentences: number | null;
  /** Where to write the model after each epoch. */
  save: string | null;
  /** Where to write the results. */
  json: string | null;
  /** Where to draw the unrolled network. */
  graph: string | null;
  /** Where to write a page with pictures. */
  report: string | null;
}

/** What is known after an epoch, on the sentences for testing. */
export interface PosEpoch extends EpochPoint, Accuracies {}

/** A sentence, its tags, and what the model says. */
export interface Example extends TaggedSentence {
  readonly predicted: readonly string[];
}

export interface PosResults {
  readonly state: PosState;
  readonly epochs: readonly PosEpoch[];
  readonly baselines: Baselines;
  /** After the last epoch, on the sentences for testing. */
  readonly confusion: Confusion;
  readonly examples: readonly Example[];
}
