/** The results as a page: docs/gradients.md. */
import { format, resolveConfig } from 'prettier';
import { cellNames } from './checks.js';
import { place, type Collected } from './collect.js';
import { CAUGHT_ABOVE } from './judge.js';
import { BAR, worstOf } from './measured.js';
import { errorTable, exponential, markdownTable, tallyTable } from './table.js';
import { tally, type Verdicts } from './verdicts.js';

/** @param path where the page will be written, which determines its formatting */
export async function gradientsPage(
  { gradients, arithmetic, worstByKind }: Collected,
  { stories, generated }: Verdicts,
  path: string,
): Promise<string> {
  const all = [...gradients, ...arithmetic].flatMap(({ measured }) => measured);
  const worst = worstOf(all);
  const faults = [...stories, ...generated];
  const caught = faults.filter((verdict) => verdict.caught).length;
  const right = { align: 'right' as const };
  const text = [
    '# Gradients, checked',
    'Written by `npm run gradcheck -- --page docs/gradients.md`; do not edit.',
    'Every hand-written gradient is compared with central differences of the loss, in float64; errors are relative, ' +
      'and every entry of every tensor is perturbed (at the real size: a random direction of each tensor). ' +
      'dX is the gradient of the input, dh0 and dc0 are those of the initial states, V and c the dense layer, E an embedding. ' +
      `${all.length.toLocaleString('en')} errors; the worst is ${exponential(worst.error)} (${place(worst)}), the bar ${exponential(BAR)}.`,
    'Then faults are planted in the library, one at a time, and the same checks must notice each of them. ' +
      'Most are made from the syntax tree of every cell, layer, loss and kernel: a factor, a term, a transpose, an assignment or a call is removed, ' +
      'a sign or a function is wrong, += and = are swapped. The others were found in other libraries or are easily made. ' +
      `${caught.toLocaleString('en')} of ${faults.length.toLocaleString('en')} are caught.`,
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
    'Optimizers, and the meaning of states, compared with plain arithmetic.',
    ...arithmetic.map((group) => markdownTable(errorTable(group))),
    '## Planted faults',
    `Caught means an error above ${CAUGHT_ABOVE}, or no number at all: NaN, or shapes that the library rejects. ` +
      'First those made from the syntax tree:',
    markdownTable(tallyTable(tally(generated))),
    'Then the others, with the error that reveals each:',
    markdownTable({
      columns: [{ title: 'fault' }, { title: 'error', ...right }, { title: 'noticed at' }],
      rows: stories.map(({ fault, measured, caught }) => [
        fault.name,
        exponential(measured.error),
        caught ? place(measured) : 'MISSED',
      ]),
    }),
  ];
  return format(text.join('\n\n'), { ...(await resolveConfig(path)), parser: 'markdown' });
}
