/** The report as a page. */
import type { ComparisonResult } from '../comparison.js';
import { countThreads } from '../kernelSets.js';
import type { Results, StepRow } from '../results.js';
import { digits } from '../table.js';
import { describe, describeVersions, SERIES, winner } from './series.js';

export const writeMarkdown = (results: Results): string =>
  [
    ...introduction(results),
    ...trainingSteps(results),
    ...threadScaling(results),
    ...matrixProducts(results),
    '## Everything that was timed',
    ...results.comparisons.flatMap(details),
  ]
    .join('\n\n')
    .concat('\n');

function introduction({ date, command, rounds, machine, versions }: Results): string[] {
  return [
    '# Results',
    'Written by `npm run bench:report` from what `npm run bench` has measured; do not edit.',
    [
      `- When: ${date.slice(0, 10)}`,
      `- Machine: ${describe(machine)}`,
      `- Versions: ${describeVersions(versions)}`,
      `- Command: \`${command}\``,
    ].join('\n'),
    [
      'How it is measured: all run on the same machine, one after another and never at the same time. First each',
      'competitor of a training step gets the same weights and the same batch, and its losses before and after a step',
      `are compared with ours. Then they take turns, ${rounds} each after one to warm up; in a turn a competitor works`,
      'for 0.4 seconds (small kernels: 0.1) or for one run, if that takes longer. Who is very slow gets fewer turns, and',
      'who needs more than 20 seconds for a step is timed over this one alone. Times are medians of all samples.',
      'PyTorch and Keras are timed in the fastest of several set-ups; it is named below.',
    ].join('\n'),
  ];
}

function trainingSteps(results: Results): string[] {
  const { steps, generateCharsPerSecond } = results;
  if (Object.keys(steps).length === 0) return [];
  const once = ` ${ONCE}: timed over one step only, the first. –: not timed, see below.`;
  return [
    '## Training steps',
    '![Milliseconds of a training step, by library](steps.svg)',
    table(
      ['ms', ...SERIES.map(({ name }) => name), 'one thread: unrolled', 'PyTorch', 'Keras'],
      Object.entries(steps).map(([id, row]) => [
        id,
        ...SERIES.map(({ key }) => cell(results, id, key, row.ours)),
        ...(['ours1', 'pytorch1', 'keras1'] as const).map((key) => cell(results, id, key, row.ours1)),
      ]),
    ),
    `In brackets: how many times as long as unrolled. Of one thread and all threads the faster is shown.${once}`,
    ...(generateCharsPerSecond
      ? [`Writing text with the Alice model: ${generateCharsPerSecond} characters per second.`]
      : []),
  ];
}

const ONCE = '\\*';

/** A time, and how it compares with ours. */
function cell(results: Results, step: string, key: keyof StepRow, ours: number | null): string {
  const result = winner(results, step, key);
  if (!result) return '–';
  const { median, once } = result;
  const ratio = key.startsWith('ours') || ours === null ? '' : ` (${digits(median / ours)}x)`;
  return `${digits(median)}${once ? ONCE : ''}${ratio}`;
}

function threadScaling({ threads }: Results): string[] {
  const rows = Object.entries(threads);
  if (rows.length === 0) return [];
  const counts = Object.keys(rows[0]![1]).map(Number);
  return [
    '## Threads',
    'Training steps of unrolled. After three steps all losses and all bits of the parameters are the same on any number of threads.',
    table(
      ['ms', ...counts.map(countThreads)],
      rows.map(([id, row]) => [
        id,
        ...counts.map((count) => {
          const gain = count === 1 ? '' : ` (${digits(row[1]! / row[count]!)}x as fast)`;
          return `${digits(row[count]!)}${gain}`;
        }),
      ]),
    ),
  ];
}

function matrixProducts({ peakGflops, matmul }: Results): string[] {
  if (peakGflops === null) return [];
  return [
    '## Matrix products',
    `On one thread. The FMA peak of a core was ${digits(peakGflops)} GFLOP/s; shares are of the peak timed in the same turns.`,
    table(
      ['MxNxK', 'GFLOP/s', 'of the peak'],
      matmul.map(({ shape, gflops, ofPeak }) => [shape, digits(gflops), `${digits(100 * ofPeak)}%`]),
    ),
  ];
}

function details({ title, notes, competitors, absent }: ComparisonResult): string[] {
  return [
    `### ${title}`,
    ...(notes.length ? [notes.join(' ')] : []),
    table(
      ['', 'ms', 'half of them', 'samples'],
      competitors.map(({ name, median, lower, upper, samples }) => [
        name,
        digits(median),
        `${digits(lower)} to ${digits(upper)}`,
        `${samples}`,
      ]),
    ),
    ...absent.map(({ name, reason }) => `${name}: ${reason.replaceAll('\n', ' ')}`),
  ];
}

/** Names on the left, numbers on the right. */
function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = header.map((_, n) => (n === 0 ? '---' : '---:'));
  return [header, rule, ...rows].map(line).join('\n');
}
