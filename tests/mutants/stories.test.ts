/** The hand-written faults, the generation of faults, and the unchanged copy of the library. */
import { expect, test } from '@jest/globals';
import ts from 'typescript';
import { isCaught, judge, loadChecks } from '../gradcheck/judge.js';
import { loadMutated } from '../gradcheck/loadMutated.js';
import { BAR, worstOf } from '../gradcheck/measured.js';
import { faultsOf } from '../gradcheck/mutants/faults.js';
import { generate } from '../gradcheck/mutants/generate.js';
import { plant, stories, storiesOf } from '../gradcheck/mutants/stories/index.js';
import { cellFiles, subjects } from '../gradcheck/mutants/subjects.js';

test('without a fault, the copy of the library passes every check', async () => {
  const checks = await loadChecks(null);

  const small = checks.quickChecks().flatMap(({ measure }) => [...measure()]);
  expect(worstOf(small).error).toBeLessThanOrEqual(BAR);
  expect(worstOf(checks.measureLosses()).error).toBeLessThanOrEqual(BAR);
  expect(worstOf(checks.measureTraining()).error).toBeLessThanOrEqual(BAR);
});

test.each(stories)('catches: $name ($file)', async (story) => {
  const verdict = await judge(plant(story));

  expect({ ...verdict, caught: isCaught(verdict) }).toMatchObject({ caught: true });
});

const story = (file: string, name: string, from: string) =>
  storiesOf(file, 'gradients', [{ name: '', function: name, from, to: '' }])[0]!;

test.each([
  ['the text is missing', story('cells/rnn', 'forward', 'no such line')],
  ['the text occurs twice', story('cells/rnn', 'forward', 'a')],
  ['the text is in another function', story('cells/rnn', 'backward', 'tanh(a[n])')],
  ['the function is missing', story('cells/rnn', 'noSuchFunction', 'tanh(a[n])')],
  ['the file is missing', story('noSuchFile', 'forward', 'tanh(a[n])')],
  ['two files have the name', story('rows', 'setRows', 'copyRow')],
])('it is an error, not a catch, if %s', (_, story) => {
  expect(() => plant(story)).toThrow(/not found exactly once|no function/);
});

test('a mutant in a file that the checks do not load is an error, not a catch', async () => {
  const change = { file: 'cells/lstm.js', start: 0, end: 0, to: '' };

  await expect(loadMutated('cells/rnn.js', change)).rejects.toThrow('is not part of');
});

test('a mutant that is not JavaScript is an error, not a catch', async () => {
  const [mutant] = generate(cellFiles);

  await expect(judge({ ...mutant!, to: ')' })).rejects.toThrow('Unexpected token');
  await expect(judge({ ...mutant!, to: 'nobodyKnowsThis()' })).rejects.toThrow('not defined');
});

test.each([
  [
    'dA[n] = dh[n] * (1 - h[n + H]);',
    [
      'dA[n] += dh[n] * (1 - h[n + H])',
      ';',
      '(dh[n])',
      '((1 - h[n + H]))',
      '(1)',
      '(-(h[n + H]))',
      '(1 + h[n + H])',
    ],
  ],
  ['for (let n = 0; n < 2 * N; n++) sum += x[2 * n];', ['sum = x[2 * n]']],
  ['const row = m * V; y[row] += 1;', ['y[row] = 1']],
  [
    'k.matmul(d, columns(a, 0, 2 * H), transpose(W));',
    ['k.matmul(d, columns(a, 0, 2 * H), transpose(W), true)', ';', 'W'],
  ],
  [
    'k.matmul(y, tanh(x), W, add);',
    ['k.matmul(y, tanh(x), W, false)', 'k.matmul(y, tanh(x), W, true)', ';', '(1 / (1 + Math.exp(-(x))))'],
  ],
  ['k.add(x, y);', ['k.copy(x, y)', ';']],
  ['k.multiply(x, y, m);', ['k.copy(x, y)', 'k.copy(x, m)', ';']],
  ["requireSameShape('add', x, y);", []],
])('the faults of %s', (text, expected) => {
  const made: string[] = [];
  (function visit(node: ts.Node): void {
    made.push(...faultsOf(node).map(({ to }) => to));
    ts.forEachChild(node, visit);
  })(ts.createSourceFile('', text, ts.ScriptTarget.Latest, true));

  expect(made).toEqual(expected);
});

test.each(subjects)('there are mutants of $files.0 and similar files', ({ files, ...subject }) => {
  const mutants = generate({ files, ...subject });

  expect(mutants.length).toBeGreaterThan(0);
  // All are distinct.
  expect(new Set(mutants.map(({ file, start, end, to }) => [file, start, end, to].join())).size).toBe(
    mutants.length,
  );
});
