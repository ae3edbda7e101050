/** What a saved model of tags holds. */
import { isAmount, isCell, isListOf, isRecordOf, isText, isWhole, type Check } from '../common/checks.js';
import { loadSaved, type Saved } from '../common/checkpoints.js';
import type { PosSettings } from './architecture.js';
import type { CorpusRecord } from './corpus.js';

export interface PosState {
  task: 'pos';
  settings: PosSettings;
  data: CorpusRecord;
  /** What has a number, by number; see `Architecture`. */
  symbols: readonly string[];
  /** The names of the classes, by number; PAD comes first. */
  classes: readonly string[];
}

export type SavedPos = Saved<PosState>;

const FIELDS: Record<keyof PosState, Check> = {
  task: (value) => value === 'pos',
  settings: isRecordOf({
    model: (value) => value === 'chapter' || value === 'tagger',
    cell: isCell,
    bidirectional: (value) => typeof value === 'boolean',
    batch: isWhole(1),
    lr: isAmount,
    seed: isWhole(0),
  } satisfies Record<keyof PosSettings, Check>),
  data: isRecordOf({ source: isText }),
  symbols: isListOf(isText),
  classes: (value) => isListOf(isText)(value) && (value as string[]).length > 1,
};

/** @throws InputError when the file cannot be read, or does not hold what a run of pos leaves */
export const loadPos = (path: string): Promise<SavedPos> => loadSaved(path, 'pos', FIELDS);
