import { expect, test } from '@jest/globals';
import { survivorsOf } from '../gradcheck/judgeAll.js';
import { generate } from '../gradcheck/mutants/generate.js';
import type { Subject } from '../gradcheck/mutants/subjects.js';

/** Adds a test for each file with mutants. */
export function testMutantsOf(subject: Subject): void {
  const mutants = generate(subject);
  test.each([...new Set(mutants.map(({ file }) => file))])('catches every mutant of %s', async (path) => {
    expect(await survivorsOf(mutants.filter(({ file }) => file === path))).toEqual([]);
  });
}
