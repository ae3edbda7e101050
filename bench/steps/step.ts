/** Whole training steps: what competes, and the proof that all competitors compute the same. */
import type { Competitor } from '../race.js';

/** A training step, always on the same batch. */
export interface StepCompetitor extends Competitor {
  /** Trains, and returns the loss before the step. */
  readonly run: () => number | Promise<number>;
}

/** How far losses may be apart, relative to their size. */
const TOLERANCE = 1e-4;

/**
 * Takes two steps with each: the second loss is that of the weights which the first step has made.
 * @returns what was shown, for the table
 * @throws Error when a loss differs from that of the first competitor
 */
export async function requireEqualSteps(competitors: readonly StepCompetitor[]): Promise<string> {
  let expected: readonly number[] = [];
  for (const { name, prepare, run } of competitors) {
    await prepare?.();
    const losses = [await run(), await run()];
    if (expected.length === 0) expected = losses;
    for (const [n, loss] of losses.entries()) {
      if (!(Math.abs(loss - expected[n]!) <= TOLERANCE * Math.abs(expected[n]!))) {
        throw new Error(
          `${name}: the loss after ${n} steps is ${loss}; ${competitors[0]!.name}: ${expected[n]}`,
        );
      }
    }
  }
  const [before, after] = expected.map((loss) => loss.toFixed(4));
  return `All start from the same weights and have the same loss before a step, ${before}, and after it, ${after}.`;
}
