/**
 * The lab: why do recurrent networks forget, and what helps? All numbers are measured on networks that run
 * here, with `trace(graph)`, which works on any model.
 */
import { Command } from 'commander';
import type { Kernels } from '../../models/index.js';
import { describeKernels, threadsOption, withKernels } from '../common/kernels.js';
import { directory, path, positiveInteger, positiveIntegerAmong, wholeNumber } from '../common/options.js';
import { wrap } from '../common/printable.js';
import { columns, print } from '../common/say.js';
import { printTable } from '../common/printTable.js';
import { NO_FILES, requireFiles, type Files } from '../task/options.js';
import { writeJson, writePage } from '../task/results.js';
import type { Experiment, LabSettings } from './experiment.js';
import { explodingGradients } from './explodingGradients.js';
import { gateActivations } from './gateActivations.js';
import { initialization } from './initialization.js';
import { remembering } from './remembering.js';
import { terminalChart } from './terminalChart.js';

/** In order of display. An experiment returns null if it was asked to stop. */
type Run = (kernels: Kernels, settings: LabSettings) => Experiment | Promise<Experiment | null>;
const EXPERIMENTS: readonly Run[] = [initialization, remembering, explodingGradients, gateActivations];

interface LabOptions extends LabSettings {
  threads: number;
  json?: string;
  report?: string;
}

export function labCommand(): Command {
  return new Command('lab')
    .description(
      'show vanishing and exploding gradients, and opening gates, in all cells; about three minutes',
    )
    .option(
      '--steps <n>',
      'sequence length of the adding problem, 10 to 1000',
      positiveIntegerAmong(10, 1000),
      100,
    )
    .option(
      '--epochs <n>',
      'epochs of training each cell, on the adding problem and on sentences',
      positiveInteger,
      8,
    )
    .option('--seed <n>', 'determines weights and examples', wholeNumber, 0)
    .addOption(threadsOption())
    .option('--json <file>', 'write all numbers as JSON', path)
    .option('--report <directory>', 'write a page with charts into it', directory)
    .action(async ({ threads, json, report, ...settings }: LabOptions) => {
      const files = { ...NO_FILES, json: json ?? null, report: report ?? null };
      requireFiles('lab', files);
      await withKernels(threads, (kernels) => runLab(kernels, settings, files));
    });
}

async function runLab(kernels: Kernels, settings: LabSettings, { json, report }: Files): Promise<void> {
  const { steps, epochs, seed } = settings;
  print(`lab      adding problem of ${steps} steps, seed ${seed}`);
  print(`kernels  ${describeKernels(kernels)}`);
  const experiments: Experiment[] = [];
  for (const run of EXPERIMENTS) {
    const experiment = await run(kernels, settings);
    if (!experiment) return;
    experiments.push(experiment);
    printExperiment(experiment);
  }
  const numbers = experiments.map(({ key, section, final }) => [
    key,
    { final, charts: section.content.filter(({ kind }) => kind === 'lineChart') },
  ]);
  const results = { settings, experiments: Object.fromEntries(numbers) as object };
  await writeJson(json, kernels, { task: 'lab', seed }, results);
  await writePage(report, kernels, 'lab', () => ({
    title: 'Why recurrent networks forget',
    intro: [
      'Norms of the gradients of the states, by distance from the loss: a network cannot learn from steps where they are nearly 0.',
    ],
    sections: experiments.map(({ section }) => section),
    facts: [
      ['adding problem', `${steps} steps`],
      ['epochs', epochs],
      ['seed', seed],
    ],
  }));
}

function printExperiment({ section: { heading, text, content } }: Experiment): void {
  print(`\n${heading.toUpperCase()}\n`);
  print(wrap(text, Math.min(100, columns())).join('\n'));
  for (const shown of content) {
    print('');
    if (shown.kind === 'table') {
      if (shown.title) print(shown.title);
      printTable(shown);
    } else print(terminalChart(shown).join('\n'));
  }
}
