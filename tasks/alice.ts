/**
 * The chapter's first program: a character RNN reads Alice's Adventures in Wonderland and begins to write.
 *
 * Windows of 10 characters, the character after them as label, one-hot input, a tanh-RNN of 128 units, softmax,
 * categorical cross-entropy, RMSprop. After each epoch the model continues a random window of the book.
 */
import { decodeText } from '../datasets/index.js';
import {
  cells,
  clipByGlobalNorm,
  createEvaluator,
  createKernels,
  createModel,
  createRandom,
  createTrainer,
  dense,
  fit,
  oneHot,
  recurrent,
  restoreTrainer,
  rmsprop,
  START,
  unroll,
  type Kernels,
  type Model,
} from '../models/index.js';
import { requireSameBook, type AliceSettings, type AliceState, type SavedAlice } from './aliceState.js';
import { bits, printable, printBook, printEpoch, printModel, writeResults } from './aliceReport.js';
import { readBook } from './book.js';
import { saveCheckpoint } from './checkpoints.js';
import { generateByState, generateByWindow, type Choice } from './generate.js';
import { interruptSignal } from './interrupt.js';
import { createProgress } from './progress.js';
import { textWindows } from './windows.js';

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

/** Characters written after each epoch. */
const PREDICTIONS = 100;

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
  /** Characters to write at the end. */
  generate: number;
  /** 0: always the most likely character, as in the chapter. */
  temperature: number;
}

/** One-hot characters, cells in layers, a score for every character. */
export function characterModel(kernels: Kernels, settings: AliceSettings, characters: number): Model {
  const { cell, units, layers, seed } = settings;
  const stack = Array.from({ length: layers }, (_, n) =>
    recurrent(cells[cell], { units, returnSequences: n < layers - 1 }),
  );
  return createModel({ kernels, input: oneHot(characters), layers: [...stack, dense(characters)], seed });
}

/** Trains, from the beginning or from a checkpoint, and writes after each epoch. */
export async function trainAlice(
  settings: AliceSettings,
  run: AliceRun,
  saved: SavedAlice | null,
): Promise<void> {
  const { seqlen, batch, seed } = settings;

  // The text, its end held out if that is asked for, cut into windows.
  const { record: book, ids } = readBook(run.data);
  if (saved) requireSameBook(saved, book);
  const heldOut = Math.round(ids.length * settings.validation);
  const trainingIds = ids.subarray(0, ids.length - heldOut);
  const training = textWindows(trainingIds, seqlen, book.source);
  const validation = heldOut
    ? textWindows(ids.subarray(trainingIds.length), seqlen, `the held-out part of ${book.source}`)
    : null;

  const kernels = await createKernels();
  const model = characterModel(kernels, settings, book.vocabulary.length);
  const clip = settings.clip === null ? null : clipByGlobalNorm(settings.clip);
  const trainer = createTrainer(model, rmsprop({ rate: settings.lr }), clip);
  const shuffle = createRandom(seed, 'shuffle');
  const sampling = createRandom(seed, 'sampling');

  const state: AliceState = saved?.state ?? {
    task: 'alice',
    settings,
    book,
    opening: decodeText(book.vocabulary, trainingIds.subarray(0, seqlen)),
    position: START,
    sampling: sampling.state(),
    epochs: [],
  };
  state.settings = settings;
  sampling.restore(state.sampling);
  if (saved) restoreTrainer(trainer, saved.checkpoint, saved.path);
  const save = async () => run.save && saveCheckpoint(run.save, trainer, state);

  printBook(book);
  printModel(model, settings);
  const unrolling = { steps: seqlen, loss: 'softmaxCrossEntropy' } as const;
  const validationLoss = createEvaluator(model, { batch, unroll: unrolling });
  const window = unroll(model, { batch: 1, steps: seqlen });
  const choice = { temperature: run.temperature, random: sampling };
  const progress = createProgress(run.epochs, 'characters', batch);
  const interrupt = interruptSignal();

  try {
    state.position = await fit(trainer, training, {
      epochs: run.epochs,
      batch,
      unroll: unrolling,
      shuffle,
      position: state.position,
      signal: interrupt,
      onStep: (report) => progress.step(report),
      async onEpoch(record, position) {
        progress.end();
        const from = sampling.integer(training.count);
        const seedIds = trainingIds.subarray(from, from + seqlen);
        const epoch = {
          ...record,
          ...(validation && bits(validationLoss(validation))),
          seedText: decodeText(book.vocabulary, seedIds),
          text: decodeText(book.vocabulary, generateByWindow(window, seedIds, PREDICTIONS, choice)),
        };
        printEpoch(epoch);
        state.epochs.push(epoch);
        state.position = position;
        state.sampling = sampling.state();
        await save();
      },
    });
  } finally {
    progress.end();
  }

  if (state.position.epoch < run.epochs) {
    await save();
    const next = run.save ? `continue with --load ${run.save}` : 'with --save FILE it could be continued';
    console.log(`stopped in epoch ${state.position.epoch + 1} after ${state.position.step} steps; ${next}`);
    process.exitCode = 128 + 2; // as the shell reports a SIGINT
    return;
  }
  const text = run.generate ? continueOpening(model, state, run.generate, choice) : null;
  if (run.json) await writeResults(run.json, state, kernels, text);
}

/** Writes text with a saved model, without training. */
export async function writeAlice(run: AliceRun, saved: SavedAlice, seed: number): Promise<void> {
  const { state, checkpoint, path } = saved;
  const kernels = await createKernels();
  const model = characterModel(kernels, state.settings, state.book.vocabulary.length);
  restoreTrainer(createTrainer(model, rmsprop()), checkpoint, path);
  const choice = { temperature: run.temperature, random: createRandom(seed, 'writing') };
  const text = continueOpening(model, state, run.generate, choice);
  if (run.json) await writeResults(run.json, state, kernels, text);
}

/** Prints the text's first window and what the model writes after it, its state carried along. */
function continueOpening(model: Model, { book, opening }: AliceState, count: number, choice: Choice): string {
  const openingIds = Int32Array.from(opening, (character) => book.vocabulary.indexOf(character));
  const ids = generateByState(unroll(model, { batch: 1, steps: 1 }), openingIds, count, choice);
  const text = decodeText(book.vocabulary, ids);
  console.log(printable(opening + text));
  return text;
}
