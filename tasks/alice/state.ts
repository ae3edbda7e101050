/** What a run of Alice is made of, and what a checkpoint keeps of it. */
import type { CellName, EpochRecord, FitState, RandomState } from '../../models/index.js';
import type { BookRecord } from './book.js';
import {
  isAbsentOr,
  isAmount,
  isCell,
  isListOf,
  isNullOr,
  isRecordOf,
  isText,
  isWhole,
  type Check,
} from '../common/checks.js';
import { damaged, loadSaved, type Saved } from '../common/checkpoints.js';

/** What makes the model and its training what they are. */
export interface AliceSettings {
  cell: CellName;
  units: number;
  layers: number;
  /** Windows per step. */
  batch: number;
  /** Characters in a window. */
  seqlen: number;
  /** Learning rate of RMSprop. */
  lr: number;
  /** Limit of the gradient's norm; null: not clipped. */
  clip: number | null;
  seed: number;
  /** Share of the text, at its end, that is held out; 0: none. */
  validation: number;
}

export interface AliceEpoch extends EpochRecord {
  /** Mean cross-entropy on the held-out text, in nats and in bits per character. */
  validationLoss?: number;
  bitsPerCharacter?: number;
  /** The window it began with, and how the model went on. */
  seedText: string;
  text: string;
}

export interface AliceState {
  task: 'alice';
  settings: AliceSettings;
  book: BookRecord;
  /** The text's first window, to write from where the text is not at hand. */
  opening: string;
  position: FitState;
  sampling: RandomState;
  epochs: AliceEpoch[];
}

/** The losses so far, an epoch each. */
export const trainingLosses = ({ epochs }: AliceState) => epochs.map(({ loss }) => loss);

/** As far as part of the text was held out. */
export const validationLosses = ({ epochs }: AliceState) =>
  epochs.flatMap(({ validationLoss }) => validationLoss ?? []);

export type SavedAlice = Saved<AliceState>;

const isRandomState: Check = (value) =>
  isListOf(Number.isInteger)(value) && (value as number[]).length === 4 && (value as number[]).some(Boolean);

const FIELDS: Record<keyof AliceState, Check> = {
  task: (value) => value === 'alice',
  settings: isRecordOf({
    cell: isCell,
    units: isWhole(1),
    layers: isWhole(1),
    batch: isWhole(1),
    seqlen: isWhole(1),
    lr: isAmount,
    clip: isNullOr(isAmount),
    seed: isWhole(0),
    validation: (value) => isAmount(value) && (value as number) < 1,
  } satisfies Record<keyof AliceSettings, Check>),
  book: isRecordOf({ source: isText, sha256: isText, characters: isWhole(1), vocabulary: isText }),
  opening: isText,
  position: isRecordOf({
    epoch: isWhole(0),
    step: isWhole(0),
    lossSum: isAmount,
    weight: isAmount,
    ms: isAmount,
    order: isNullOr(isRandomState),
    states: isNullOr(isRecordOf({})),
  } satisfies Record<keyof FitState, Check>),
  sampling: isRandomState,
  epochs: isListOf(
    isRecordOf({
      epoch: isWhole(1),
      loss: isAmount,
      steps: isWhole(1),
      ms: isAmount,
      validationLoss: isAbsentOr(isAmount),
      bitsPerCharacter: isAbsentOr(isAmount),
      seedText: isText,
      text: isText,
    }),
  ),
};

/** @throws InputError when the file cannot be read, or does not hold what a run of Alice leaves */
export async function loadAlice(path: string): Promise<SavedAlice> {
  const saved = await loadSaved<AliceState>(path, 'alice', FIELDS);
  if (!opensTheBook(saved.state)) throw damaged(path, 'opening');
  return saved;
}

/** Whether the opening is a window in the book's characters. */
function opensTheBook({ opening, settings, book }: AliceState): boolean {
  return opening.length === settings.seqlen && [...opening].every((one) => book.vocabulary.includes(one));
}
