/** Alice's training. It continues from a checkpoint as if it had never stopped. */
import { decodeText } from '../../datasets/index.js';
import * as nn from '../../models/index.js';
import { saveCheckpoint, type Saved } from '../common/checkpoints.js';
import { listenForInterrupt } from '../common/interrupt.js';
import { createLossChart } from '../common/lossChart.js';
import { plural, printable } from '../common/printable.js';
import { createProgress } from '../common/progress.js';
import { print } from '../common/say.js';
import type { TaskOptions } from '../task/options.js';
import type { Results } from '../task/results.js';
import { readBook } from './book.js';
import { writeSample } from './generate.js';
import {
  beginningWith,
  characterModel,
  continueOpening,
  type AliceSettings,
  type AliceState,
} from './model.js';
import { printEpoch, printStart, printText, resultsOf } from './report.js';
import { cutBook, type BookRecord, type CutBook } from './windows.js';

/** Trains, from the start or from a checkpoint, and generates text after each epoch. */
export async function* trainAlice(
  kernels: nn.Kernels,
  settings: AliceSettings,
  options: TaskOptions & { generate: number; temperature: number; topK?: number; prompt?: string },
  saved: Saved<AliceState> | null,
): AsyncGenerator<Results> {
  const { seqlen, batch, seed } = settings;
  const { record: book, ids } = readBook(options.data, settings.characters);
  if (saved) requireSameBook(saved, book);
  const cut = cutBook(ids, book.source, settings);

  const model = characterModel(kernels, settings, book.vocabulary.length);
  const clip = settings.clip === null ? null : nn.clipByGlobalNorm(settings.clip);
  const trainer = nn.createTrainer(model, nn.rmsprop({ rate: settings.lr }), clip);
  const sampling = nn.createRandom(seed, 'sampling');
  const state: AliceState = saved?.state ?? {
    task: 'alice',
    settings,
    book,
    opening: decodeText(book.vocabulary, cut.ids.subarray(0, seqlen)),
    position: nn.initialFitState,
    sampling: sampling.state(),
    epochs: [],
  };
  state.settings = settings;
  sampling.restore(state.sampling);
  if (saved) nn.restoreTrainer(trainer, saved.checkpoint, saved.path);
  printStart(book, model, settings);
  // A prompt that cannot be read is told before hours of training.
  beginningWith(state, options.prompt);
  const choice = { temperature: options.temperature, topK: options.topK ?? null, random: sampling };
  if (!(await trainToEnd(trainer, state, cut, choice, options))) return;

  // First without the text: the results of hours must not depend on it.
  const chance = { seed, temperature: options.temperature };
  const picture = { model, examples: cut.training, batch, unroll: unrolling(settings) };
  yield { ...resultsOf(state, chance, null), picture };
  if (!options.generate) return;
  const begun = beginningWith(state, options.prompt);
  const text = await continueOpening(model, begun, options.generate, choice);
  yield resultsOf(begun, chance, text);
  printText(begun.opening + text);
}

/** @throws InputError when the checkpoint was trained on another text */
function requireSameBook({ path, state }: Saved<AliceState>, book: BookRecord): void {
  if (state.book.sha256 !== book.sha256) {
    throw new nn.InputError(
      `${path} was trained on another text (${state.book.source}, sha256 ${state.book.sha256.slice(0, 16)}...); ` +
        'give that one with --data, or start again without --load',
    );
  }
}

const unrolling = ({ seqlen }: AliceSettings) => ({ steps: seqlen, loss: 'softmaxCrossEntropy' }) as const;

/** @returns false if it was asked to stop; the state then says where */
async function trainToEnd(
  trainer: nn.Trainer,
  state: AliceState,
  { ids, training, validation }: CutBook,
  choice: nn.SampleOptions & { random: nn.Random },
  { epochs, save: path }: TaskOptions,
): Promise<boolean> {
  const { settings, book } = state;
  const { batch, seqlen, seed } = settings;
  const { model } = trainer;
  const unrolled = { batch, unroll: unrolling(settings) };
  const validationLoss = nn.createEvaluator(model, unrolled);
  const window = nn.unroll(model, { batch: 1, steps: seqlen });
  const progress = createProgress(epochs, 'characters', batch * seqlen);
  const chart = createLossChart();
  const interrupt = listenForInterrupt();
  const save = () => saveCheckpoint(path, trainer, state);
  const losses = (of: 'loss' | 'validationLoss') => state.epochs.flatMap((epoch) => epoch[of] ?? []);

  try {
    state.position = await nn.fit(trainer, training, {
      ...unrolled,
      epochs,
      shuffle: nn.createRandom(seed, 'shuffle'),
      state: state.position,
      signal: interrupt.signal,
      onStep: (report) => progress.step(report),
      async onEpoch(record, position) {
        progress.end();
        const heldOut = validation && bits(await validationLoss(validation, interrupt.signal));
        const epoch = { ...record, ...heldOut, ...(await writeSample(window, ids, book.vocabulary, choice)) };
        state.epochs.push(epoch);
        chart.epoch(() => printEpoch(epoch), losses('loss'), losses('validationLoss'));
        state.position = position;
        state.sampling = choice.random.state();
        await save();
      },
    });
  } finally {
    progress.end();
  }

  const { epoch, step } = state.position;
  if (epoch >= epochs) {
    interrupt.release();
    return true;
  }
  await save();
  const next = path ? `continue with --load ${path}` : 'add --save FILE next time to be able to continue';
  print(printable(`stopped in epoch ${epoch + 1} after ${plural(step, 'step')}; ${next}`));
  process.exitCode = interrupt.status;
  return false;
}

/** A mean cross-entropy, in nats and in bits per character. */
const bits = (validationLoss: number) => ({ validationLoss, bitsPerCharacter: validationLoss / Math.LN2 });
