/** The command line of the tags. */
import { Command, Option } from 'commander';
import { InputError } from '../../models/index.js';
import { withKernels } from '../common/kernels.js';
import { positiveInteger } from '../common/options.js';
import { addTaskOptions, requireOnly, requireOutputs, type TaskOptions } from '../common/taskOptions.js';
import { requireWritableReport } from '../report/index.js';
import type { PosSettings } from './architecture.js';
import { chapter } from './chapter.js';
import { architectures } from './model.js';
import { trainPos } from './pos.js';
import { loadPos } from './state.js';
import { tagSentence } from './tag.js';

interface Options extends TaskOptions {
  model: PosSettings['model'];
  bidirectional: boolean;
  sentences?: number;
  tag?: string;
}

export function posCommand(): Command {
  const command = new Command('pos')
    .description('tag the words of sentences with their parts of speech')
    .addOption(
      new Option(
        '--model <name>',
        'chapter: encoder and decoder as in the chapter; tagger: a bidirectional lstm that works, 6 epochs',
      )
        .choices(Object.keys(architectures))
        .default('chapter'),
    )
    .option('--bidirectional', "the chapter's model with bidirectional encoder and decoder", false)
    .option('--sentences <n>', 'read the first n sentences only (default: all)', positiveInteger)
    .option('--tag <sentence>', 'with --load: tag these words, separated by spaces, instead of training');
  return addTaskOptions(command, {
    cell: chapter.defaults.cell,
    epochs: chapter.defaults.epochs,
    batch: 32,
    data: "NLTK's treebank.zip, or two files SENTS,TAGS (default: press reports of the Brown corpus)",
  }).action(async (_, self: Command) => run(self));
}

async function run(command: Command): Promise<void> {
  const options = command.opts<Options>();
  const {
    load = null,
    tag = null,
    data = null,
    save = null,
    json = null,
    report = null,
    graph = null,
  } = options;
  if (load !== null || tag !== null) return tagOnly(command);

  // Of two parallel files neither may be overwritten.
  for (const file of data?.split(',') ?? [null]) {
    requireOutputs({ ...options, ...(file !== null && { data: file }) });
    const files = { '--data': file, '--save': save, '--json': json, '--graph': graph };
    if (report) requireWritableReport(report, 'pos', files);
  }
  const { defaults } = architectures[options.model];
  const choose = <N extends 'cell' | 'epochs'>(name: N) =>
    (command.getOptionValueSource(name) === 'cli' ? options : defaults)[name];
  const settings: PosSettings = {
    model: options.model,
    cell: choose('cell'),
    bidirectional: defaults.bidirectional || options.bidirectional,
    batch: options.batch,
    lr: defaults.lr,
    seed: options.seed,
  };
  const sentences = options.sentences ?? null;
  await withKernels(options.threads, (kernels) =>
    trainPos(kernels, settings, { epochs: choose('epochs'), data, sentences, save, json, graph, report }),
  );
}

/** @throws InputError when an option is missing, or has no say in it */
async function tagOnly(command: Command): Promise<void> {
  const { load, tag } = command.opts<Options>();
  if (tag === undefined) throw new InputError('--load only tags: give a sentence with --tag');
  if (load === undefined) throw new InputError('--tag needs a saved model: name one with --load FILE');
  requireOnly(command, ['load', 'tag', 'threads'], '--load with --tag only tags');
  const saved = await loadPos(load);
  // One sentence: there is nothing to share out.
  await withKernels(1, (kernels) => Promise.resolve(tagSentence(kernels, saved, tag)));
}
