/** Runs the phases of a plan, call by call. */
import type { Phase, Work } from './kernels.js';

/** @returns the last loss, or NaN */
export const runPhases = (phases: readonly Phase[]): number => runAll(phases.flatMap(({ work }) => work));

/** @returns the last loss, or NaN */
export function runAll(works: readonly Work[]): number {
  let loss = NaN;
  for (const work of works) loss = work() ?? loss;
  return loss;
}
