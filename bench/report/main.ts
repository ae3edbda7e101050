/**
 * `npm run bench:report -- FILE...` writes RESULTS.md and its chart from the output of `npm run bench --
 * --json FILE`, one file per version of Node.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { writeOutput } from '../../tasks/common/files.js';
import type { Results } from '../results.js';
import { drawChart } from './chart.js';
import { writeMarkdown } from './markdown.js';

const bench = fileURLToPath(new URL('../../../bench/', import.meta.url));
const files = new Command('npm run bench:report --')
  .description('Writes bench/RESULTS.md and bench/steps.svg from the results of runs.')
  .argument(
    '<files...>',
    'outputs of `npm run bench -- --peers --json <file>`; the chart shows the newest Node',
  )
  .parse().args;

const runs = await Promise.all(
  files.map(async (file) => JSON.parse(await readFile(file, 'utf8')) as Results),
);
const major = ({ versions }: Results) => Number.parseInt(versions.node!, 10);
runs.sort((a, b) => major(b) - major(a));
await writeOutput(`${bench}RESULTS.md`, writeMarkdown(runs));
if (Object.keys(runs[0]!.steps).length) await writeOutput(`${bench}steps.svg`, drawChart(runs[0]!));
