/** The report as a page. */
import type { ContestResult } from '../contest.js';
import type { Results, StepRow } from '../results.js';
import { digits } from '../table.js';
import { describe, describeVersions, SERIES } from './series.js';

export function writeMarkdown(results: Results): string {
  const { date, machine, versions, peakGflops, matmul, steps, generateCharsPerSecond, contests } = results;
  return [
    '# Results',
    'Written by `npm run bench:report` from the numbers of `npm run bench -- --peers --json FILE`; do not edit.',
    `${date.slice(0, 10)}, on ${describe(machine)}; ${describeVersions(versions)}.`,
    'Medians. The competitors take turns, and the losses of all are compared before any is timed.',
    '## Training steps',
    '![Milliseconds of a training step, by library](steps.svg)',
    table(
      ['ms', ...SERIES.map(({ name }) => name), 'one thread: unrolled', 'PyTorch', 'Keras'],
      Object.entries(steps).map(([id, row]) => [
        id,
        ...SERIES.map(({ key }) => cell(row, key)),
        ...(['ours1', 'pytorch1', 'keras1'] as const).map((key) => cell(row, key)),
      ]),
    ),
    'In brackets: how many times as long as unrolled. Of one thread and all, the better is shown.',
    ...(generateCharsPerSecond
      ? [`Writing text with the Alice model: ${generateCharsPerSecond} characters per second.`]
      : []),
    ...(peakGflops
      ? [
          '## Matrix products',
          `The FMA peak of one core was ${digits(peakGflops)} GFLOP/s; shares are of the peak timed in the same turns.`,
          table(
            ['MxNxK', 'GFLOP/s', 'of the peak'],
            matmul.map(({ shape, gflops, ofPeak }) => [shape, digits(gflops), `${digits(100 * ofPeak)}%`]),
          ),
        ]
      : []),
    '## Everything that was timed',
    ...contests.flatMap(details),
  ]
    .join('\n\n')
    .concat('\n');
}

function cell(row: StepRow, key: keyof StepRow): string {
  const ms = row[key];
  if (ms === null) return '–';
  const compared = key === 'ours' || key.endsWith('1') || row.ours === null;
  return compared ? digits(ms) : `${digits(ms)} (${digits(ms / row.ours)}x)`;
}

function details({ title, notes, competitors, absent }: ContestResult): string[] {
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
