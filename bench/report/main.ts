/**
 * `npm run bench:report -- FILE` writes RESULTS.md and its chart from the output of `npm run bench -- --json
 * FILE`.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { writeOutput } from '../../tasks/common/files.js';
import type { Results } from '../results.js';
import { drawChart } from './chart.js';
import { writeMarkdown } from './markdown.js';

const bench = fileURLToPath(new URL('../../../bench/', import.meta.url));
const [file] = new Command('npm run bench:report --')
  .description('Writes bench/RESULTS.md and bench/steps.svg from the results of a run.')
  .argument('<file>', 'the output of `npm run bench -- --peers --json <file>`')
  .parse().args;

const results = JSON.parse(await readFile(file!, 'utf8')) as Results;
await writeOutput(`${bench}RESULTS.md`, writeMarkdown(results));
if (Object.keys(results.steps).length) await writeOutput(`${bench}steps.svg`, drawChart(results));
