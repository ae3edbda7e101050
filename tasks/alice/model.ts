/** Alice's model, the state in its checkpoints, and the text written at the end. */
import { decodeText, type Characters } from '../../datasets/index.js';
import * as nn from '../../models/index.js';
import { SETTINGS, type Architecture, type TaskSettings, type TaskState } from '../common/taskState.js';
import {
  isAbsentOr,
  isAmount,
  isListOf,
  isNullOr,
  isRecordOf,
  isText,
  isWhole,
  type Check,
  type Fields,
} from '../common/checks.js';
import type { BookRecord } from './windows.js';

/** The settings that determine the model and its training. */
export interface AliceSettings extends TaskSettings {
  units: number;
  layers: number;
  /** Characters per window; `batch` counts windows. */
  seqlen: number;
  /** Learning rate of RMSprop. */
  lr: number;
  /** The norm that the gradient is clipped to; null: not clipped. */
  clip: number | null;
  /** The share of the text held out at its end; 0: none. */
  validation: number;
  /** Those of the text that are kept. Default `ascii`, which older checkpoints do not say. */
  characters?: Characters;
}

export interface AliceEpoch extends nn.EpochRecord {
  /** Mean cross-entropy on the held-out text, in nats and in bits per character. */
  validationLoss?: number;
  bitsPerCharacter?: number;
  /** The window to continue, and the model's continuation. */
  seedText: string;
  text: string;
}

/** More than anybody trains; millions, by a slip, would take hours to create. */
export const MOST_LAYERS = 100;

/** The state in a checkpoint. */
export interface AliceState extends TaskState {
  settings: AliceSettings;
  book: BookRecord;
  /** The text's first window, to generate from when the text is not at hand. */
  opening: string;
  position: nn.FitState;
  sampling: nn.RandomState;
  epochs: AliceEpoch[];
}

const isRandomState: Check = (value) =>
  isListOf(Number.isInteger)(value) && (value as number[]).length === 4 && (value as number[]).some(Boolean);

export const FIELDS: Fields<Omit<AliceState, 'task'>> = {
  settings: isRecordOf({
    ...SETTINGS,
    units: isWhole(1),
    layers: isWhole(1, MOST_LAYERS),
    seqlen: isWhole(1),
    lr: isAmount,
    clip: isNullOr(isAmount),
    validation: (value) => isAmount(value) && (value as number) < 1,
    characters: isAbsentOr((value) => value === 'ascii' || value === 'all'),
  } satisfies Fields<AliceSettings>),
  book: isRecordOf({
    source: isText,
    sha256: isText,
    characters: isWhole(1),
    vocabulary: (value) => isText(value) || isListOf(isText)(value),
  }),
  opening: (value, state) => isText(value) && opensTheBook(state as AliceState, value as string),
  position: isRecordOf({
    epoch: isWhole(0),
    step: isWhole(0),
    lossSum: isAmount,
    weight: isAmount,
    ms: isAmount,
    order: isNullOr(isRandomState),
    states: isNullOr(isRecordOf({})),
  } satisfies Fields<Omit<nn.FitState, 'callbacks'>>),
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

/** Whether an opening is one window long and uses only the book's characters. */
function opensTheBook({ settings, book }: AliceState, opening: string): boolean {
  const characters = [...opening];
  return characters.length === settings.seqlen && characters.every((one) => book.vocabulary.includes(one));
}

/** One-hot characters, stacked recurrent layers, a score for every character. */
export const characterModel = (kernels: nn.Kernels, settings: AliceSettings, characters: number): nn.Model =>
  nn.createModel({ kernels, ...characterLayers(settings, characters), seed: settings.seed });

/** What it reads, and its layers. */
export function characterLayers({ cell, units, layers }: AliceSettings, characters: number): Architecture {
  const stack = Array.from({ length: layers }, (_, n) =>
    nn.recurrent(nn.cells[cell], { units, returnSequences: n < layers - 1 }),
  );
  return { input: nn.oneHot(characters), layers: [...stack, nn.dense(characters)] };
}

/**
 * The state with another opening to continue.
 * @param prompt absent: its own
 * @throws InputError when the model does not know one of its characters
 */
export function beginningWith(state: AliceState, prompt: string | undefined): AliceState {
  if (prompt === undefined) return state;
  const { vocabulary } = state.book;
  const unknown = (text: string) => [...text].find((character) => !vocabulary.includes(character));
  // The chapter's texts are in lower case.
  const opening = unknown(prompt) === undefined ? prompt : prompt.toLowerCase();
  const missing = unknown(opening);
  if (opening === '') throw new nn.InputError('--prompt is empty: give at least one character');
  if (missing !== undefined)
    throw new nn.InputError(
      `--prompt: '${missing}' is not among the characters of the text: ${[...vocabulary].join('')}`,
    );
  return { ...state, opening };
}

/** The model's continuation of the text's first window. */
export async function continueOpening(
  model: nn.Model,
  { book, opening }: AliceState,
  count: number,
  choice: nn.SampleOptions,
): Promise<string> {
  const openingIds = Int32Array.from(opening, (character) => book.vocabulary.indexOf(character));
  const ids = await nn.generate(model, openingIds, count, choice);
  return decodeText(book.vocabulary, ids);
}
