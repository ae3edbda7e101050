/** Judges every planted fault. */
import { isCaught, judge } from './judge.js';
import { generate } from './mutants/generate.js';
import type { Generated, Mutant } from './mutants/mutant.js';
import { plant, stories } from './mutants/stories/index.js';
import { subjects } from './mutants/subjects.js';
import { survivor, type Verdict, type Verdicts } from './verdicts.js';

export async function collectVerdicts(): Promise<Verdicts> {
  return {
    stories: await judgeAll(stories, plant),
    generated: await judgeAll(subjects.flatMap(generate), (mutant) => mutant),
  };
}

/** The mutants that no check catches, as a failing test prints them. */
export async function survivorsOf(mutants: readonly Generated[]): Promise<string[]> {
  const verdicts = await judgeAll(mutants, (mutant) => mutant);
  return verdicts.filter(({ caught }) => !caught).map(survivor);
}

async function judgeAll<F>(faults: readonly F[], mutantOf: (fault: F) => Mutant): Promise<Verdict<F>[]> {
  const verdicts: Verdict<F>[] = [];
  for (const fault of faults) {
    const measured = await judge(mutantOf(fault));
    verdicts.push({ fault, measured, caught: isCaught(measured) });
  }
  return verdicts;
}
