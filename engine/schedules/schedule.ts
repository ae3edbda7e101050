/** A learning-rate schedule is a function of the step. */
import { requireNumber, requireWhole } from '../checks.js';

/**
 * The learning rate at a step.
 * @param step 1 at the first step
 */
export type Schedule = (step: number) => number;

/** A learning rate: a constant or a schedule. */
export type Rate = number | Schedule;

/**
 * The rate at a step.
 * @param step 1 at the first step
 * @throws RangeError when it is negative or no finite number, or the step is no whole number of at least 1
 */
export function rateAt(rate: Rate, step: number): number {
  requireWhole('rateAt: step', step);
  const value = valueAt(rate, step);
  requireNumber(`the learning rate of step ${step}`, value, { least: 0 });
  return value;
}

/** The rate at a step, unchecked: a schedule within another is checked by who uses the whole. */
export const valueAt = (rate: Rate, step: number): number => (typeof rate === 'function' ? rate(step) : rate);

/** @throws RangeError unless it is a number of at least 0, or a schedule */
export function requireLearningRate(name: string, rate: unknown): void {
  if (typeof rate !== 'function') requireNumber(name, rate, { least: 0 });
}
