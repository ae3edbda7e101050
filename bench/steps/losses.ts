/**
 * Competitors do the same work if their losses are equal, from the same batch and weights, step after step.
 */

/** The largest relative difference of losses that counts as equal. */
export const TOLERANCE = 1e-4;

/** The largest relative difference between losses and those expected, as far as there are both. */
export const largestDifference = (losses: readonly number[], expected: readonly number[]): number =>
  losses
    .slice(0, expected.length)
    .reduce((most, loss, n) => Math.max(most, Math.abs(loss - expected[n]!) / Math.abs(expected[n]!)), 0);
