/**
 * The laboratory: why do recurrent networks forget, and what helps? Every number is measured on networks that run here, with
 * `trace(graph)`, which anybody can call on any model.
 */
import type { Kernels } from '../../models/index.js';
import { writeOutput } from '../common/files.js';
import { describeKernels } from '../common/kernels.js';
import { printTable } from '../common/printTable.js';
import { printable } from '../common/printable.js';
import { writeReport, type Section } from '../report/index.js';
import type { Experiment, LabSettings } from './experiment.js';
import { explodingGradients } from './explodingGradients.js';
import { gateActivations } from './gateActivations.js';
import { addingProblem } from './addingProblem.js';
import { initialization } from './initialization.js';
import { terminalChart } from './terminalChart.js';

/** In the order in which they are shown. Null: it was asked to stop. */
type Run = (kernels: Kernels, settings: LabSettings) => Experiment | Promise<Experiment | null>;
const EXPERIMENTS: readonly Run[] = [initialization, addingProblem, explodingGradients, gateActivations];

export async function runLab(
  kernels: Kernels,
  settings: LabSettings,
  { json, report }: { json: string | null; report: string | null },
): Promise<void> {
  console.log(`lab      adding problem of ${settings.steps} steps, seed ${settings.seed}`);
  console.log(`kernels  ${describeKernels(kernels)}`);
  const experiments: Experiment[] = [];
  for (const run of EXPERIMENTS) {
    const experiment = await run(kernels, settings);
    if (!experiment) return;
    experiments.push(experiment);
    printExperiment(experiment);
  }
  if (json) {
    const results = {
      task: 'lab',
      seed: settings.seed,
      kernels: kernels.name,
      threads: kernels.threads,
      settings,
      experiments: Object.fromEntries(
        experiments.map(({ key, section, final }) => [
          key,
          { final, charts: section.content.filter(({ kind }) => kind === 'lineChart') },
        ]),
      ),
    };
    await writeOutput(json, JSON.stringify(results, null, 2) + '\n');
  }
  if (!report) return;
  const path = await writeReport(report, {
    task: 'lab',
    title: 'Why recurrent networks forget',
    intro: [
      'Norms of the gradients of the states, by their distance from the loss: what is nearly 0 cannot be learnt from.',
    ],
    sections: [...experiments.map(({ section }) => section), thisRun(kernels, settings)],
  });
  console.log(printable(`page     ${path}`));
}

const thisRun = (kernels: Kernels, { steps, epochs, seed }: LabSettings): Section => ({
  heading: 'This run',
  content: [
    {
      kind: 'facts',
      facts: [
        ['adding problem', `${steps} steps`],
        ['epochs', epochs],
        ['seed', seed],
        ['kernels', describeKernels(kernels)],
        ['date', new Date().toISOString().slice(0, 10)],
      ],
    },
  ],
});

function printExperiment({ section: { heading, text, content } }: Experiment): void {
  console.log(`\n${heading.toUpperCase()}\n`);
  console.log(wrap(text).join('\n'));
  for (const shown of content) {
    console.log('');
    if (shown.kind === 'table') {
      if (shown.title) console.log(shown.title);
      printTable(shown);
    } else console.log(terminalChart(shown).join('\n'));
  }
}

/** Lines of up to 100 characters. */
function wrap(text: string): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = `${lines.at(-1)!} ${word}`.trim();
    if (line.length > 100) lines.push(word);
    else lines[lines.length - 1] = line;
  }
  return lines;
}
