/** The model of Alice, and the text it writes at the end, its state carried from character to character. */
import { decodeText } from '../../datasets/index.js';
import {
  cells,
  createModel,
  createRandom,
  createTrainer,
  dense,
  oneHot,
  recurrent,
  restoreTrainer,
  rmsprop,
  unroll,
  type Kernels,
  type Model,
} from '../../models/index.js';
import { writeResults } from './report.js';
import type { AliceRun } from './options.js';
import type { AliceSettings, AliceState, SavedAlice } from './state.js';
import { generateByState, type Choice } from './generate.js';
import { printable } from '../common/printable.js';

/** One-hot characters, cells in layers, a score for every character. */
export function characterModel(kernels: Kernels, settings: AliceSettings, characters: number): Model {
  const { cell, units, layers, seed } = settings;
  const stack = Array.from({ length: layers }, (_, n) =>
    recurrent(cells[cell], { units, returnSequences: n < layers - 1 }),
  );
  return createModel({ kernels, input: oneHot(characters), layers: [...stack, dense(characters)], seed });
}

/** Writes text with a saved model, without training. */
export async function writeAlice(
  kernels: Kernels,
  run: AliceRun,
  saved: SavedAlice,
  seed: number,
): Promise<void> {
  const { state, checkpoint, path } = saved;
  const model = characterModel(kernels, state.settings, state.book.vocabulary.length);
  restoreTrainer(createTrainer(model, rmsprop()), checkpoint, path);
  const choice = { temperature: run.temperature, random: createRandom(seed, 'writing') };
  const text = await continueOpening(model, state, run.generate, choice);
  await writeResults(run, state, kernels, { seed, temperature: run.temperature, text });
  console.log(printable(state.opening + text));
}

/** What the model writes after the text's first window. */
export async function continueOpening(
  model: Model,
  { book, opening }: AliceState,
  count: number,
  choice: Choice,
): Promise<string> {
  const openingIds = Int32Array.from(opening, (character) => book.vocabulary.indexOf(character));
  const ids = await generateByState(unroll(model, { batch: 1, steps: 1 }), openingIds, count, choice);
  return decodeText(book.vocabulary, ids);
}
