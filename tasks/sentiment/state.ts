/** What a saved model of sentiment holds. */
import type { CellName } from '../../models/index.js';
import { isCell, isListOf, isRecordOf, isText, isWhole, type Check } from '../common/checks.js';
import { loadSaved, type Saved } from '../common/checkpoints.js';
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

export type SavedSentiment = Saved<SentimentState>;

const FIELDS: Record<keyof SentimentState, Check> = {
  task: (value) => value === 'sentiment',
  settings: isRecordOf({
    cell: isCell,
    batch: isWhole(1),
    seed: isWhole(0),
  } satisfies Record<keyof SentimentSettings, Check>),
  data: isRecordOf({ source: isText }),
  words: isListOf(isText),
};

/** @throws InputError when the file cannot be read, or does not hold what a run of sentiment leaves */
export const loadSentiment = (path: string): Promise<SavedSentiment> => loadSaved(path, 'sentiment', FIELDS);
