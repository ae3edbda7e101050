/** docs/gradients.md: what is measured stands in it, and what is wrong stands out. */
import { expect, it } from '@jest/globals';
import type { Collected, ErrorGroup, Verdict } from './gradcheck/collect.js';
import type { Measured } from './gradcheck/measured.js';
import { mutants } from './gradcheck/mutants/index.js';
import { gradientsPage } from './gradcheck/page.js';
import { cellNames } from './gradcheck/checks.js';

const measured = (situation: string, what: string, error: number): Measured => ({
  ...{ subject: 'lstm', situation, what, error },
});

it('the page of gradients has every error in its place, and marks what is above the bar', async () => {
  const lstm: ErrorGroup = {
    title: 'lstm',
    measured: [measured('plain', 'dW', 1e-9), measured('mask', 'dW', 3e-6), measured('mask', 'dh0', 2e-9)],
    row: ({ situation }) => situation,
    column: ({ what }) => what,
  };
  const collected: Collected = {
    gradients: [lstm],
    arithmetic: [],
    worstByKind: new Map([['masked', new Map(cellNames.map((name) => [name, 3e-6]))]]),
  };
  const verdict = (caught: boolean): Verdict => ({
    ...{ mutant: mutants[0]!, measured: measured('mask', 'dW', 0.5), caught },
  });
  const page = await gradientsPage(collected, [verdict(true), verdict(false)], 'docs/gradients.md');
  const rows = page.split('\n').map((line) => line.replace(/ +/g, ' '));

  expect(rows).toContain('| lstm | dW | dh0 |');
  expect(rows).toContain('| plain | 1.0e-9 | |');
  expect(rows).toContain('| mask | 3.0e-6! | 2.0e-9 |');
  expect(page).toContain('3 errors; the worst is 3.0e-6 (lstm, mask, dW)');
  expect(page).toContain('1 of 2 are caught');
  expect(rows).toContain(`| ${mutants[0]!.name} | 5.0e-1 | MISSED |`);
});
