/** Runs the phases of a plan, call by call. */
import { hasMembers, requireFunction, requireText, show } from './checks.js';
import type { Phase, Work } from './kernels.js';

/** @returns the last loss, or NaN */
export const runPhases = (phases: readonly Phase[]): number => runAll(phases.flatMap(({ work }) => work));

/** @returns the last loss, or NaN */
export function runAll(works: readonly Work[]): number {
  let loss = NaN;
  for (const work of works) loss = work() ?? loss;
  return loss;
}

/** @throws TypeError or RangeError unless they are phases of functions, each with its partition */
export function requirePhases(phases: readonly Phase[]): void {
  if (!Array.isArray(phases)) throw new TypeError(`plan needs an array of phases, not ${show(phases)}`);
  for (const phase of phases as Phase[]) {
    if (!hasMembers(phase, 'partition', 'work') || !Array.isArray(phase.work))
      throw new TypeError(`plan: a phase has a partition and an array of work; this is ${show(phase)}`);
    const { partition, work } = phase;
    if (partition !== 'columns' && !(Number.isSafeInteger(partition) && partition > 0))
      throw new RangeError(`plan: a partition is a batch size or 'columns', not ${show(partition)}`);
    for (const one of work) requireFunction('plan: work', one);
  }
}

/** @throws TypeError unless it is a name and a function */
export function requireLoop(name: string, loop: unknown): void {
  requireText('loop: the name', name);
  requireFunction('loop: the loop', loop);
}
