/**
 * `npm run gradcheck`: every gradient against finite differences, then the planted faults that this check must find.
 * Exit status 1 when an error is above the bar or a fault goes unnoticed.
 */
import {
  cellNames,
  measureLosses,
  measureMeaning,
  measureReal,
  measureSmall,
  measureTraining,
} from './checks.js';
import { CAUGHT_ABOVE, isCaught, judge } from './judge.js';
import { BAR, isWorse, worstOf, type Measured } from './measured.js';
import { mutants } from './mutants/index.js';
import { errorTable, exponential, table } from './table.js';

const worst = printErrors();
const missed = await printMutants();
if (isWorse(worst.error, BAR) || missed > 0) process.exitCode = 1;

/** Prints what was measured, and returns the worst of it. */
function printErrors(): Measured {
  const all: Measured[] = [];
  const print = (
    title: string,
    measured: Iterable<Measured>,
    row: (m: Measured) => string,
    column: (m: Measured) => string,
  ) => {
    const found = [...measured];
    console.log(errorTable(title, found, row, column) + '\n');
    all.push(...found);
  };
  const [subject, situation, what] = [
    (m: Measured) => m.subject,
    (m: Measured) => m.situation,
    (m: Measured) => m.what,
  ];

  console.log('Hand-written gradients against finite differences in float64, relative errors.\n');
  for (const cell of cellNames)
    print(cell, [...measureSmall([cell]), ...measureReal([cell])], situation, what);
  print('losses', measureLosses(), (m) => `${m.subject}, ${m.situation}`, what);

  console.log('What finite differences cannot see, against plain arithmetic.\n');
  print('training steps', measureTraining(), subject, situation);
  print('states', measureMeaning(), subject, situation);

  const worst = worstOf(all);
  console.log(
    `${all.length} errors, the worst ${exponential(worst.error)} (${place(worst)}). The bar is ${BAR}.\n`,
  );
  return worst;
}

/** Judges all mutants, prints what became of them, and returns how many were missed. */
async function printMutants(): Promise<number> {
  console.log(`Planted faults, judged by the same checks. Caught means an error above ${CAUGHT_ABOVE}.\n`);
  const verdicts: Measured[] = [];
  for (const mutant of mutants) verdicts.push(await judge(mutant));
  const rows = mutants.map(({ name, seenIn }, n) => {
    const verdict = verdicts[n]!;
    return [exponential(verdict.error), name, seenIn, isCaught(verdict) ? place(verdict) : 'MISSED'];
  });
  const columns = [
    { title: 'error', align: 'right' as const },
    { title: 'fault', width: 58 },
    { title: 'known from', width: 31 },
    { title: 'caught at', width: 46 },
  ];
  console.log(table(columns, rows));

  const missed = verdicts.filter((verdict) => !isCaught(verdict)).length;
  const weakest = Math.min(...verdicts.map(({ error }) => error));
  console.log(
    `\n${mutants.length - missed} of ${mutants.length} caught; the weakest at ${exponential(weakest)}.`,
  );
  return missed;
}

function place({ subject, situation, what }: Measured): string {
  return `${subject}, ${situation}, ${what}`;
}
