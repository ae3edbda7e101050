import { expect, test } from '@jest/globals';
import { loadMutated } from './gradcheck/loadMutated.js';
import { isCaught, judge, loadChecks } from './gradcheck/judge.js';
import { BAR, worstOf } from './gradcheck/measured.js';
import { mutants } from './gradcheck/mutants/index.js';

test('without a fault, the copy of the library passes every check', async () => {
  const checks = await loadChecks(null);

  expect(worstOf(checks.measureSmall()).error).toBeLessThanOrEqual(BAR);
  expect(worstOf(checks.measureLosses()).error).toBeLessThanOrEqual(BAR);
  expect(worstOf(checks.measureTraining()).error).toBeLessThanOrEqual(BAR);
  expect(worstOf(checks.measureInvariants()).error).toBeLessThanOrEqual(BAR);
});

test.each(mutants)('it is noticed that $name ($file)', async (mutant) => {
  const verdict = await judge(mutant);

  expect({ ...verdict, caught: isCaught(verdict) }).toMatchObject({ caught: true });
});

test.each([
  ['is not there', 'no such line'],
  ['occurs twice', 'tanh'],
])('a mutant whose text %s is an error, not a catch', async (_, from) => {
  await expect(loadMutated('cells/rnn.js', { file: 'cells/rnn.js', from, to: '' })).rejects.toThrow(
    'pattern not found exactly once in cells/rnn.js',
  );
});

test('a mutant in a file that the checks do not load is an error, not a catch', async () => {
  const change = { file: 'cells/lstm.js', from: 'anything', to: '' };

  await expect(loadMutated('cells/rnn.js', change)).rejects.toThrow('is not part of');
});
