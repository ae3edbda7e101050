/** The command line of the laboratory. */
import { Command } from 'commander';
import { threadsOption, withKernels } from '../common/kernels.js';
import { directory, path, positiveInteger, positiveIntegerAmong, wholeNumber } from '../common/options.js';
import { requireWritable } from '../common/paths.js';
import { requireWritableReport } from '../report/index.js';
import { runLab } from './lab.js';

interface Options {
  steps: number;
  epochs: number;
  seed: number;
  threads: number;
  json?: string;
  report?: string;
}

export function labCommand(): Command {
  return new Command('lab')
    .description('see gradients vanish and explode, and gates open: the laboratory of all cells')
    .option(
      '--steps <n>',
      'how far the beginning is from the loss, 10 to 1000',
      positiveIntegerAmong(10, 1000),
      100,
    )
    .option(
      '--epochs <n>',
      'of training each cell, on the adding problem and on sentences',
      positiveInteger,
      8,
    )
    .option('--seed <n>', 'fixes weights and examples', wholeNumber, 0)
    .addOption(threadsOption())
    .option('--json <file>', 'write all numbers as JSON', path)
    .option('--report <directory>', 'write a page with charts into it', directory)
    .action(async ({ threads, json, report, ...settings }: Options) => {
      if (json) requireWritable(json);
      if (report) requireWritableReport(report, 'lab', { '--json': json ?? null });
      await withKernels(threads, (kernels) =>
        runLab(kernels, settings, { json: json ?? null, report: report ?? null }),
      );
    });
}
