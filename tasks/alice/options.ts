/** What the program can be asked for, and the chapter's answers. */
import type { AliceSettings } from './state.js';

/** The chapter's values. */
export const CHAPTER: AliceSettings = {
  cell: 'rnn',
  units: 128,
  layers: 1,
  batch: 128,
  seqlen: 10,
  lr: 1e-3,
  clip: null,
  seed: 0,
  validation: 0,
};
export const EPOCHS = 25;

/** What one run of the program is asked for. */
export interface AliceRun {
  /** Epochs in total, those before a checkpoint included. */
  epochs: number;
  /** A text file; null: the embedded book. */
  data: string | null;
  /** Where to write a checkpoint after each epoch. */
  save: string | null;
  /** Where to write the results. */
  json: string | null;
  /** Where to draw the unrolled network. */
  graph: string | null;
  /** A directory to write a page with charts into. */
  report: string | null;
  /** Characters to write at the end. */
  generate: number;
  /** 0: always the most likely character, as in the chapter. */
  temperature: number;
}

/** How the text was written. */
export interface Writing {
  seed: number;
  temperature: number;
  /** What was written at the end; null: nothing (yet). */
  text: string | null;
}
