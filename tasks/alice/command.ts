/** The command line of Alice: options, and how they fit with a checkpoint. */
import { Command, Option } from 'commander';
import { cells, InputError } from '../../models/index.js';
import { trainAlice } from './alice.js';
import { requireOnlyWriting, settingsToContinue } from './resume.js';
import { CHAPTER, EPOCHS, type AliceRun } from './options.js';
import { loadAlice, type AliceSettings, type SavedAlice } from './state.js';
import { writeAlice } from './writeText.js';
import { graphOption } from '../common/graphPicture.js';
import { threadsOption, withKernels } from '../common/kernels.js';
import {
  directory,
  fraction,
  nonNegativeNumber,
  path,
  positiveInteger,
  positiveIntegerUpTo,
  positiveNumber,
  wholeNumber,
} from '../common/options.js';
import { requireDistinct, requireWritable } from '../common/paths.js';
import { requireWritableReport } from '../report/index.js';

/** A text of this length still fits into one string and one JSON file. */
const MOST_CHARACTERS = 10_000_000;

interface Options extends AliceSettings {
  epochs: number;
  data?: string;
  save?: string;
  load?: string;
  json?: string;
  graph?: string;
  report?: string;
  generate: number;
  temperature: number;
  threads: number;
}

export function aliceCommand(): Command {
  return new Command('alice')
    .description("train a character RNN on Alice's Adventures in Wonderland and let it write")
    .addOption(
      new Option('--cell <name>', 'the recurrent cell').choices(Object.keys(cells)).default(CHAPTER.cell),
    )
    .option('--units <n>', 'width of the hidden state', positiveInteger, CHAPTER.units)
    .option('--layers <n>', 'recurrent layers, one upon the other', positiveInteger, CHAPTER.layers)
    .option('--epochs <n>', 'epochs in total, those before --load included', positiveInteger, EPOCHS)
    .option('--batch <n>', 'windows per training step', positiveInteger, CHAPTER.batch)
    .option('--seqlen <n>', 'characters in a window', positiveInteger, CHAPTER.seqlen)
    .option('--lr <rate>', 'learning rate of RMSprop', positiveNumber, CHAPTER.lr)
    .option('--clip <norm>', "limit of the gradient's norm (default: not clipped)", positiveNumber)
    .option('--seed <n>', 'fixes weights, order and sampling', wholeNumber, CHAPTER.seed)
    .option(
      '--validation <fraction>',
      'hold out the tail of the text and report bits per character',
      fraction,
    )
    .option('--data <file>', 'a text of your own (default: the book)', path)
    .option('--save <file>', 'write a checkpoint after each epoch and on Ctrl-C', path)
    .option('--load <file>', 'continue from a checkpoint', path)
    .option(
      '--generate <n>',
      'write n characters at the end; with --load and no --epochs, only that',
      positiveIntegerUpTo(MOST_CHARACTERS),
      0,
    )
    .option(
      '--temperature <t>',
      '0: always the likeliest character; 1: chance as the model sees it',
      nonNegativeNumber,
      0,
    )
    .addOption(threadsOption())
    .option('--json <file>', 'write the results as JSON', path)
    .addOption(graphOption())
    .option('--report <directory>', 'write a page with charts into it', directory)
    .action(async (_, command: Command) => run(command));
}

async function run(command: Command): Promise<void> {
  const options = command.opts<Options>();
  const isGiven = (name: string) => command.getOptionValueSource(name) === 'cli';
  const names = Object.keys(CHAPTER) as (keyof AliceSettings)[];
  const given: Partial<AliceSettings> = Object.fromEntries(
    names.filter(isGiven).map((name) => [name, options[name]]),
  );
  const { epochs, data = null, load = null, save = null, json = null, report = null, graph = null } = options;
  const { generate, temperature } = options;
  const runOptions: AliceRun = { epochs, data, save, json, graph, report, generate, temperature };
  const train = (settings: AliceSettings, saved: SavedAlice | null) =>
    withKernels(options.threads, (kernels) => trainAlice(kernels, settings, runOptions, saved));
  // A checkpoint may be continued in place.
  requireDistinct({ '--data': data, '--load': load, '--json': json, '--graph': graph });
  requireDistinct({ '--data': data, '--save': save, '--json': json, '--graph': graph });
  for (const output of [save, json, graph]) if (output) requireWritable(output);
  const files = { '--data': data, '--load': load, '--save': save, '--json': json, '--graph': graph };
  if (report) requireWritableReport(report, 'alice', files);

  if (!load) return train({ ...CHAPTER, ...given }, null);
  const saved = await loadAlice(load);
  if (generate && !isGiven('epochs')) {
    requireOnlyWriting(Object.keys(options).filter(isGiven));
    const { seed = CHAPTER.seed, ...model } = given; // the seed is the writing's own
    settingsToContinue(saved, model);
    // Characters come one by one: there is nothing to share out.
    return withKernels(1, (kernels) => writeAlice(kernels, runOptions, saved, seed));
  }
  const done = saved.state.position.epoch;
  if (epochs <= done) {
    throw new InputError(
      `${load} has ${done} epochs behind it: give --epochs above ${done}, or --generate N`,
    );
  }
  return train(settingsToContinue(saved, given), saved);
}
