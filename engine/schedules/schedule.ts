/** A learning-rate schedule is a function of the step. */

/**
 * The learning rate at a step.
 * @param step 1 at the first step
 */
export type Schedule = (step: number) => number;

/** A learning rate: a constant or a schedule. */
export type Rate = number | Schedule;

/** The rate at a step. */
export const rateAt = (rate: Rate, step: number): number => (typeof rate === 'number' ? rate : rate(step));
