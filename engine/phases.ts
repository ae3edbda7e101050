/** The phases of a plan, call by call. */
import type { Phase } from './kernels.js';

/** @returns the last loss, or NaN */
export function runPhases(phases: readonly Phase[]): number {
  let loss = NaN;
  for (const { work } of phases) loss = work() ?? loss;
  return loss;
}
