/** docs/gradients.md contains all measurements and highlights the wrong ones. */
import { expect, it } from '@jest/globals';
import { cellNames } from './gradcheck/checks.js';
import type { Collected, ErrorGroup } from './gradcheck/collect.js';
import type { Measured } from './gradcheck/measured.js';
import type { Generated } from './gradcheck/mutants/mutant.js';
import type { Story } from './gradcheck/mutants/stories/index.js';
import { gradientsPage } from './gradcheck/page.js';

const measured = (situation: string, what: string, error: number): Measured => ({
  ...{ subject: 'lstm', situation, what, error },
});

it('the page of gradients has every error in its place, and marks those above the bar', async () => {
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
  const story = { name: 'a term is forgotten' } as Story;
  const mutant = { file: 'cells/lstm.js' } as Generated;
  const verdict = <F>(fault: F, error: number) => ({
    ...{ fault, measured: measured('mask', 'dW', error), caught: error > 0.1 },
  });
  const verdicts = {
    stories: [verdict(story, 0.5), verdict(story, 0)],
    generated: [verdict(mutant, 0.3), verdict(mutant, 0.2)],
  };
  const page = await gradientsPage(collected, verdicts, 'docs/gradients.md');
  const rows = page.split('\n').map((line) => line.replace(/ +/g, ' '));

  expect(rows).toContain('| lstm | dW | dh0 |');
  expect(rows).toContain('| plain | 1.0e-9 | |');
  expect(rows).toContain('| mask | 3.0e-6! | 2.0e-9 |');
  expect(page).toContain('3 errors; the worst is 3.0e-6 (lstm, mask, dW)');
  expect(page).toContain('3 of 4 are caught');
  expect(rows).toContain(`| ${story.name} | 5.0e-1 | lstm, mask, dW |`);
  expect(rows).toContain(`| ${story.name} | 0.0e+0 | MISSED |`);
  expect(rows).toContain(`| cells/lstm.ts | 2 | 2 | 2.0e-1 |`);
});
