/** The command line of `npm run gradcheck`, and what it prints. */
import { Command } from 'commander';
import { writeOutput } from '../../tasks/common/files.js';
import { path } from '../../tasks/common/options.js';
import { requireWritable } from '../../tasks/common/paths.js';
import { collectErrors, place, type ErrorGroup } from './collect.js';
import { CAUGHT_ABOVE } from './judge.js';
import { collectVerdicts } from './judgeAll.js';
import { BAR, isWorse, worstOf } from './measured.js';
import { gradientsPage } from './page.js';
import { errorTable, exponential, tallyTable, terminalTable } from './table.js';
import { survivor, tally, type Verdicts } from './verdicts.js';

/**
 * Compares every gradient with finite differences, then checks that planted faults are found.
 * Exit status 1 when an error is above the bar or a fault is missed.
 */
export function gradcheckCommand(): Command {
  return new Command('npm run gradcheck --')
    .description('checks every gradient, and the check itself by planting faults')
    .option('--page <file>', 'write the results as a Markdown page', path)
    .action(check);
}

async function check({ page }: { page?: string }): Promise<void> {
  if (page) requireWritable(page);
  console.log('Hand-written gradients against finite differences in float64, relative errors.\n');
  const collected = collectErrors();
  printErrors(collected.gradients);
  console.log('What finite differences cannot see, against plain arithmetic.\n');
  printErrors(collected.arithmetic);
  const errors = [...collected.gradients, ...collected.arithmetic].flatMap(({ measured }) => measured);
  const worst = worstOf(errors);
  console.log(
    `${errors.length} errors, the worst ${exponential(worst.error)} (${place(worst)}). The bar is ${BAR}.\n`,
  );

  console.log(`Planted faults, judged by the same checks. Caught means an error above ${CAUGHT_ABOVE}.\n`);
  const verdicts = await collectVerdicts();
  printStories(verdicts);
  printGenerated(verdicts);
  const all = [...verdicts.stories, ...verdicts.generated];
  const caught = all.filter((verdict) => verdict.caught).length;
  console.log(`\n${caught} of ${all.length} caught.`);
  if (isWorse(worst.error, BAR) || caught < all.length) process.exitCode = 1;
  if (page) await writeOutput(page, await gradientsPage(collected, verdicts, page));
}

function printErrors(groups: readonly ErrorGroup[]): void {
  for (const group of groups) console.log(terminalTable(errorTable(group)) + '\n');
}

function printStories({ stories }: Verdicts): void {
  const columns = [
    { title: 'error', align: 'right' as const },
    { title: 'fault', width: 58 },
    { title: 'known from', width: 31 },
    { title: 'caught at', width: 46 },
  ];
  const rows = stories.map(({ fault, measured, caught }) => [
    exponential(measured.error),
    fault.name,
    fault.seenIn,
    caught ? place(measured) : 'MISSED',
  ]);
  console.log(terminalTable({ columns, rows }) + '\n');
}

function printGenerated({ generated }: Verdicts): void {
  console.log(terminalTable(tallyTable(tally(generated))));
  for (const verdict of generated) if (!verdict.caught) console.log(`MISSED ${survivor(verdict)}`);
}
