/**
 * The chapter's first program: a character RNN reads Alice's Adventures in Wonderland and learns to write.
 *
 * Windows of 10 characters, the next character as label, one-hot input, a tanh-RNN of 128 units, softmax,
 * categorical cross-entropy, RMSprop. After each epoch the model continues a random window of the book.
 */
import { Option, type Command } from 'commander';
import {
  createRandom,
  createTrainer,
  InputError,
  restoreTrainer,
  rmsprop,
  type Kernels,
} from '../../models/index.js';
import type { Saved } from '../common/checkpoints.js';
import {
  fraction,
  nonNegativeNumber,
  path,
  positiveInteger,
  positiveIntegerUpTo,
  positiveNumber,
  wholeNumber,
  wholeNumberUpTo,
} from '../common/options.js';
import { addOutputOptions, cellOption, seedsOption, type TaskOptions } from '../task/options.js';
import type { Results } from '../task/results.js';
import type { IsGiven, Task } from '../task/task.js';
import {
  beginningWith,
  characterLayers,
  characterModel,
  continueOpening,
  FIELDS,
  MOST_LAYERS,
  type AliceSettings,
  type AliceState,
} from './model.js';
import { printText, resultsOf } from './report.js';
import { trainAlice } from './train.js';

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
  characters: 'ascii',
};
const EPOCHS = 25;

/** A text of this length fits into one string and one JSON file. */
const MOST_CHARACTERS = 10_000_000;

/** Options that, with a saved model, may only repeat the values that it was trained with. */
const OF_THE_MODEL = ['cell', 'units', 'layers', 'batch', 'seqlen', 'validation', 'characters'];

interface AliceOptions extends TaskOptions, AliceSettings {
  /** The number of characters to write at the end. */
  generate: number;
  /** 0: always the most likely character, as in the chapter. */
  temperature: number;
  /** How many of the likeliest characters can be drawn; absent: all. */
  topK?: number;
  /** What the text begins with; absent: the opening of the book. */
  prompt?: string;
}

export const alice: Task<AliceOptions, AliceState> = {
  name: 'alice',
  description:
    "train a character RNN on Alice's Adventures in Wonderland and let it write; one or two minutes",
  addOptions: addAliceOptions,
  fields: FIELDS,
  architecture: ({ settings, book }) => characterLayers(settings, book.vocabulary.length),
  settings(options, isGiven, saved) {
    const given = givenSettings(options, isGiven);
    if (!saved) return { ...CHAPTER, ...given };
    const done = saved.state.position.epoch;
    if (options.epochs <= done) {
      throw new InputError(
        `${saved.path} has been trained for ${done} epochs: give --epochs above ${done}, or --generate N`,
      );
    }
    return settingsToContinue(saved, given);
  },
  train: trainAlice,
  scores: [
    { key: 'loss', name: 'loss', digits: 4 },
    { key: 'bitsPerCharacter', name: 'bits per character, held out', digits: 3 },
  ],
  ofOneModel: ['generate'],
  use: {
    isAsked({ load, generate, temperature, prompt, topK }, isGiven) {
      if (prompt !== undefined && generate === 0)
        throw new InputError('--prompt begins a text: give its length with --generate N');
      if (topK !== undefined && temperature === 0)
        throw new InputError('--top-k needs something to draw: give --temperature above 0');
      return load !== null && generate > 0 && !isGiven('epochs');
    },
    takes: [...OF_THE_MODEL, 'seed', 'generate', 'temperature', 'topK', 'prompt', 'json', 'report'],
    refusal: ['--load with --generate only writes', 'leave it out, or give --epochs to train'],
    run: writeAlice,
  },
};

function addAliceOptions(command: Command): Command {
  command
    .addOption(cellOption().default(CHAPTER.cell))
    .option('--units <n>', 'width of the hidden state', positiveInteger, CHAPTER.units)
    .option('--layers <n>', 'stacked recurrent layers', positiveIntegerUpTo(MOST_LAYERS), CHAPTER.layers)
    .option('--epochs <n>', 'epochs in total, including those before --load', positiveInteger, EPOCHS)
    .option('--batch <n>', 'windows per training step', positiveInteger, CHAPTER.batch)
    .option('--seqlen <n>', 'characters per window', positiveInteger, CHAPTER.seqlen)
    .option('--lr <rate>', 'learning rate of RMSprop', positiveNumber, CHAPTER.lr)
    .option('--clip <norm>', 'clip the norm of the gradient to this (default: not clipped)', positiveNumber)
    .option('--seed <n>', 'determines weights, order and sampling', wholeNumber, CHAPTER.seed)
    .addOption(seedsOption())
    .option(
      '--validation <fraction>',
      'hold out the tail of the text and report bits per character',
      fraction,
    )
    .option(
      '--data <file>',
      'a text of your own, in UTF-8, UTF-16 or Latin-1, also as .gz; - is standard input (default: the book)',
      path,
    )
    .addOption(
      new Option(
        '--characters <which>',
        "of the text: ascii drops all others, as the chapter's cleaning does",
      )
        .choices(['ascii', 'all'])
        .default('ascii'),
    )
    .option('--save <file>', 'write a checkpoint after each epoch and on Ctrl-C', path)
    .option('--load <file>', 'continue from a checkpoint', path)
    .option(
      '--generate <n>',
      'write n characters at the end; with --load and no --epochs, only that',
      wholeNumberUpTo(MOST_CHARACTERS),
      0,
    )
    .option(
      '--temperature <t>',
      "0: always the most likely character; 1: sample from the model's probabilities",
      nonNegativeNumber,
      0,
    )
    .option('--top-k <k>', 'with --temperature: draw only among the k likeliest characters', positiveInteger)
    .option('--prompt <text>', 'with --generate: what the text begins with (default: as the book does)');
  return addOutputOptions(command);
}

/** The settings that were given on the command line. */
function givenSettings(options: AliceOptions, isGiven: IsGiven): Partial<AliceSettings> {
  const names = Object.keys(CHAPTER) as (keyof AliceSettings)[];
  return Object.fromEntries(names.filter(isGiven).map((name) => [name, options[name]]));
}

/**
 * The settings to continue with: the saved ones, except learning rate and clipping, which may change.
 * @param given the options that were given on the command line
 * @throws InputError when one of them would change the model or the course of training
 */
function settingsToContinue(
  { path, state }: Saved<AliceState>,
  given: Partial<AliceSettings>,
): AliceSettings {
  const { lr = state.settings.lr, clip = state.settings.clip, ...fixed } = given;
  for (const [name, value] of Object.entries(fixed)) {
    const saved = { ...CHAPTER, ...state.settings }[name as keyof typeof fixed];
    if (value !== saved) {
      throw new InputError(`${path} was trained with --${name} ${saved}, not ${value}: leave the option out`);
    }
  }
  return { ...state.settings, lr, clip };
}

/** Writes text with a saved model, without training. */
async function writeAlice(
  kernels: Kernels,
  saved: Saved<AliceState>,
  options: AliceOptions,
  isGiven: IsGiven,
): Promise<Results> {
  const { checkpoint, path } = saved;
  const state = beginningWith(saved.state, options.prompt);
  // The seed of the sampling, not of the training.
  const { seed = CHAPTER.seed, ...given } = givenSettings(options, isGiven);
  settingsToContinue(saved, given);
  const model = characterModel(kernels, state.settings, state.book.vocabulary.length);
  restoreTrainer(createTrainer(model, rmsprop()), checkpoint, path);
  const { temperature, generate, topK = null } = options;
  const choice = { temperature, topK, random: createRandom(seed, 'writing') };
  const text = await continueOpening(model, state, generate, choice);
  printText(state.opening + text);
  return resultsOf(state, { seed, temperature }, text);
}
