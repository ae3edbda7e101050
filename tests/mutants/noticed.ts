import { expect, test } from '@jest/globals';
import { survivorsOf } from '../gradcheck/judgeAll.js';
import { generate } from '../gradcheck/mutants/generate.js';
import type { Subject } from '../gradcheck/mutants/subjects.js';

/** A test for each file that has mutants. */
export function testMutantsOf(subject: Subject): void {
  const mutants = generate(subject);
  test.each([...new Set(mutants.map(({ file }) => file))])('every mutant of %s is noticed', async (path) => {
    expect(await survivorsOf(mutants.filter(({ file }) => file === path))).toEqual([]);
  });
}
