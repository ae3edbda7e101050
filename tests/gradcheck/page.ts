/** The results as a page: docs/gradients.md. */
import { format, resolveConfig } from 'prettier';
import { cellNames } from './checks.js';
import { place, type Collected, type Verdict } from './collect.js';
import { CAUGHT_ABOVE } from './judge.js';
import { BAR, worstOf } from './measured.js';
import { errorTable, exponential, markdownTable } from './table.js';

/** @param path where it will stand, for the style of its text */
export async function gradientsPage(
  { gradients, arithmetic, worstByKind }: Collected,
  verdicts: readonly Verdict[],
  path: string,
): Promise<string> {
  const all = [...gradients, ...arithmetic].flatMap(({ measured }) => measured);
  const worst = worstOf(all);
  const caught = verdicts.filter((verdict) => verdict.caught);
  const right = { align: 'right' as const };
  const text = [
    '# Gradients, checked',
    'Written by `npm run gradcheck -- --page docs/gradients.md`; do not edit.',
    'Every gradient that is written by hand is compared with central differences of the loss, in float64: relative errors, ' +
      'and every entry of every tensor is moved (at the real size: a random direction of each). ' +
      'dX is the gradient of the input, dh0 and dc0 are those of the initial states, V and c the dense layer, E an embedding. ' +
      `${all.length.toLocaleString('en')} errors; the worst is ${exponential(worst.error)} (${place(worst)}), the bar ${exponential(BAR)}.`,
    'Then faults are planted into the library, one at a time, such as have been found in other libraries or are easily made, and the same checks ' +
      `must see each of them: ${caught.length} of ${verdicts.length} are caught.`,
    '## The worst of each cell',
    markdownTable({
      columns: [{ title: '' }, ...cellNames.map((title) => ({ title, ...right }))],
      rows: [...worstByKind].map(([kind, worst]) => [
        kind,
        ...cellNames.map((name) => exponential(worst.get(name)!)),
      ]),
    }),
    '## Every tensor in every situation',
    ...gradients.map((group) => markdownTable(errorTable(group))),
    '## What finite differences cannot see',
    'An optimizer, and what a state means, against the same in plain arithmetic.',
    ...arithmetic.map((group) => markdownTable(errorTable(group))),
    '## Planted faults',
    `The error that gives each away; caught means above ${CAUGHT_ABOVE}.`,
    markdownTable({
      columns: [{ title: 'fault' }, { title: 'error', ...right }, { title: 'seen at' }],
      rows: verdicts.map(({ mutant, measured, caught }) => [
        mutant.name,
        exponential(measured.error),
        caught ? place(measured) : 'MISSED',
      ]),
    }),
  ];
  return format(text.join('\n\n'), { ...(await resolveConfig(path)), parser: 'markdown' });
}
