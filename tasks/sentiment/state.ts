/** What a saved model of sentiment holds. */
import { cells, InputError, type CellName, type Checkpoint } from '../../models/index.js';
import { badField, isListOf, isRecordOf, isText, isWhole, type Check } from '../common/checks.js';
import { loadCheckpoint } from '../common/checkpoints.js';
import type { CorpusRecord } from './corpus.js';

/** What makes the model and its training what they are. */
export interface SentimentSettings {
  cell: CellName;
  /** Sentences per step. */
  batch: number;
  seed: number;
}

export interface SentimentState {
  task: 'sentiment';
  settings: SentimentSettings;
  data: CorpusRecord;
  /** The words that have numbers, by number, without PAD and UNK. */
  words: readonly string[];
}

/** A saved model, as loaded. */
export interface SavedSentiment {
  path: string;
  checkpoint: Checkpoint;
  state: SentimentState;
}

const FIELDS: Record<keyof SentimentState, Check> = {
  task: (value) => value === 'sentiment',
  settings: isRecordOf({
    cell: (value) => typeof value === 'string' && Object.hasOwn(cells, value),
    batch: isWhole(1),
    seed: isWhole(0),
  } satisfies Record<keyof SentimentSettings, Check>),
  data: isRecordOf({ source: isText }),
  words: isListOf(isText),
};

/** @throws InputError when the file cannot be read, or does not hold what a run of sentiment leaves */
export async function loadSentiment(path: string): Promise<SavedSentiment> {
  const { checkpoint, state } = await loadCheckpoint<SentimentState>(path, 'sentiment');
  const bad = badField(state, FIELDS);
  if (bad)
    throw new InputError(`${path} is damaged: its ${bad} cannot be read; train and save the model anew`);
  return { path, checkpoint, state };
}
