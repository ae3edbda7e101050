/**
 * The chapter's first program: a character RNN reads Alice's Adventures in Wonderland and begins to write.
 *
 * Windows of 10 characters, the character after them as label, one-hot input, a tanh-RNN of 128 units, softmax,
 * categorical cross-entropy, RMSprop. After each epoch the model continues a random window of the book.
 */
import { decodeText } from '../../datasets/index.js';
import {
  clipByGlobalNorm,
  createEvaluator,
  createRandom,
  createTrainer,
  fit,
  restoreTrainer,
  rmsprop,
  initialFitState,
  unroll,
  type Kernels,
} from '../../models/index.js';
import { requireSameBook } from './resume.js';
import { bits, printBook, printEpoch, printModel, writeResults } from './report.js';
import type { AliceRun } from './options.js';
import {
  trainingLosses,
  validationLosses,
  type AliceSettings,
  type AliceState,
  type SavedAlice,
} from './state.js';
import { characterModel, continueOpening } from './writeText.js';
import { readBook } from './book.js';
import { saveCheckpoint } from '../common/checkpoints.js';
import { generateByWindow } from './generate.js';
import { writeGraphPicture } from '../common/graphPicture.js';
import { listenForInterrupt } from '../common/interrupt.js';
import { createLossChart } from '../common/lossChart.js';
import { printable } from '../common/printable.js';
import { createProgress } from '../common/progress.js';
import { splitText, textWindows } from './windows.js';

/** Characters written after each epoch. */
const PREDICTIONS = 100;

/** Trains, from the beginning or from a checkpoint, and writes after each epoch. */
export async function trainAlice(
  kernels: Kernels,
  settings: AliceSettings,
  run: AliceRun,
  saved: SavedAlice | null,
): Promise<void> {
  const { seqlen, batch, seed } = settings;

  // The text, its end held out if that is asked for, cut into windows.
  const { record: book, ids } = readBook(run.data);
  if (saved) requireSameBook(saved, book);
  const share = settings.validation;
  const [trainingIds, heldOutIds] = splitText(ids, share);
  const part = (name: string) =>
    share ? `the ${name} part of ${book.source} (--validation ${share})` : book.source;
  const training = textWindows(trainingIds, seqlen, part('training'));
  const validation = share ? textWindows(heldOutIds, seqlen, part('held-out')) : null;

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
    position: initialFitState,
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
  const chart = createLossChart();
  const interrupt = listenForInterrupt();

  try {
    state.position = await fit(trainer, training, {
      epochs: run.epochs,
      batch,
      unroll: unrolling,
      shuffle,
      state: state.position,
      signal: interrupt.signal,
      onStep: (report) => progress.step(report),
      async onEpoch(record, position) {
        progress.end();
        const heldOut = validation && bits(await validationLoss(validation, interrupt.signal));
        const from = sampling.integer(training.count);
        const seedIds = trainingIds.subarray(from, from + seqlen);
        const written = await generateByWindow(window, seedIds, PREDICTIONS, choice);
        const epoch = {
          ...record,
          ...heldOut,
          seedText: decodeText(book.vocabulary, seedIds),
          text: decodeText(book.vocabulary, written),
        };
        state.epochs.push(epoch);
        chart.epoch(() => printEpoch(epoch), trainingLosses(state), validationLosses(state));
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
    const { epoch, step } = state.position;
    console.log(printable(`stopped in epoch ${epoch + 1} after ${step} steps; ${next}`));
    process.exitCode = interrupt.status;
    return;
  }
  interrupt.release();

  // First without the text: the results of hours must not hang on it.
  const results = { seed, temperature: run.temperature, text: null };
  const page = await writeResults(run, state, kernels, results);
  if (page) console.log(`report   ${printable(page)}`);
  await writeGraphPicture(run.graph, model, { examples: training, batch, unroll: unrolling });
  if (!run.generate) return;
  const text = await continueOpening(model, state, run.generate, choice);
  await writeResults(run, state, kernels, { ...results, text });
  console.log(printable(state.opening + text));
}
