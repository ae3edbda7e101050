/** The command line of sentiment. */
import { Command, Option } from 'commander';
import { InputError } from '../../models/index.js';
import { predictSentence } from './predict.js';
import { trainSentiment } from './sentiment.js';
import type { SplitName } from './split.js';
import { loadSentiment } from './state.js';
import { withKernels } from '../common/kernels.js';
import { addTaskOptions, requireOnly, requireOutputs, type TaskOptions } from '../common/taskOptions.js';
import { requireWritableReport } from '../report/index.js';

interface Options extends TaskOptions {
  split: SplitName | 'both';
  predict?: string;
}

export function sentimentCommand(): Command {
  const command = new Command('sentiment').description(
    'train an LSTM to tell positive sentences from negative ones',
  );
  return addTaskOptions(command, {
    cell: 'lstm',
    epochs: 10,
    batch: 32,
    data: 'a file of lines `label TAB sentence`, label 0 or 1 (default: 3,000 sentences that come along)',
  })
    .addOption(
      new Option(
        '--split <name>',
        'random: sentences to test with are drawn as in the chapter; distinct: copies of a sentence stay on one side',
      )
        .choices(['random', 'distinct', 'both'])
        .default('both', 'both: a model for each, of which the first is saved'),
    )
    .option('--predict <sentence>', 'with --load: how positive the sentence is after each word')
    .action(async (_, command: Command) => run(command));
}

async function run(command: Command): Promise<void> {
  const options = command.opts<Options>();
  const { cell, batch, seed, epochs, split, threads, predict } = options;
  const { data = null, save = null, load = null, json = null, report = null, graph = null } = options;

  if (load !== null || predict !== undefined) {
    if (load === null) throw new InputError('--predict needs a trained model: name it with --load FILE');
    if (predict === undefined)
      throw new InputError('--load needs something to do: give --predict "a sentence"');
    requireOnly(command, ['load', 'predict', 'threads'], '--load with --predict only predicts');
    const saved = await loadSentiment(load);
    // One sentence leaves nothing to share out.
    return withKernels(1, (kernels) => Promise.resolve(predictSentence(kernels, saved, predict)));
  }

  requireOutputs(options);
  const files = { '--data': data, '--save': save, '--json': json, '--graph': graph };
  if (report) requireWritableReport(report, 'sentiment', files);
  const splits: SplitName[] = split === 'both' ? ['random', 'distinct'] : [split];
  const settings = { cell, batch, seed };
  await withKernels(threads, (kernels) =>
    trainSentiment(kernels, settings, { epochs, splits, data, save, json, graph, report }),
  );
}
