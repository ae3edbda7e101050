/** What a run of Alice is made of, and what a checkpoint keeps of it. */
import {
  InputError,
  type CellName,
  type Checkpoint,
  type EpochRecord,
  type Position,
  type RandomState,
} from '../models/index.js';
import type { BookRecord } from './book.js';
import { loadCheckpoint } from './checkpoints.js';

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
  position: Position;
  sampling: RandomState;
  epochs: AliceEpoch[];
}

/** A checkpoint of this task, as loaded. */
export interface SavedAlice {
  path: string;
  checkpoint: Checkpoint;
  state: AliceState;
}

export async function loadAlice(path: string): Promise<SavedAlice> {
  return { path, ...(await loadCheckpoint<AliceState>(path, 'alice')) };
}

/**
 * The settings to go on with: the saved ones, but for the learning rate and clipping, which may be given anew.
 * @param given the options that were named on the command line
 * @throws InputError when one of them would make another model or another course of training
 */
export function settingsToContinue(
  { path, state }: SavedAlice,
  given: Partial<AliceSettings>,
): AliceSettings {
  const { lr = state.settings.lr, clip = state.settings.clip, ...fixed } = given;
  for (const [name, value] of Object.entries(fixed)) {
    const saved = state.settings[name as keyof typeof fixed];
    if (value !== saved) {
      throw new InputError(`${path} was trained with --${name} ${saved}, not ${value}: leave the option out`);
    }
  }
  return { ...state.settings, lr, clip };
}

/** @throws InputError when the checkpoint was trained on another text */
export function requireSameBook({ path, state }: SavedAlice, book: BookRecord): void {
  if (state.book.sha256 !== book.sha256) {
    throw new InputError(
      `${path} was trained on another text (${state.book.source}, sha256 ${state.book.sha256.slice(0, 16)}...); ` +
        'name that one with --data, or start anew without --load',
    );
  }
}
