/** The difference of two results, and its limit. */
import { expect } from '@jest/globals';

/** Float32 has 7 digits; summing a few hundred terms in another order costs one or two of them. */
const LIMIT = 1e-5;

/** Results by name. */
export type Results = Readonly<Record<string, ArrayLike<number>>>;

/**
 * max |a - b| / max |b|: relative to the largest entry of the tensor. Relative to each entry it would only
 * measure rounding wherever large terms cancel.
 */
export function relativeDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new RangeError(`${a.length} numbers compared with ${b.length}`);
  let difference = 0;
  let size = 0;
  for (let n = 0; n < a.length; n++) {
    const d = Math.abs(a[n]! - b[n]!);
    if (!(d <= difference)) difference = d; // not `>`: a NaN must not pass
    size = Math.max(size, Math.abs(b[n]!));
  }
  return difference === 0 ? 0 : difference / size;
}

/**
 * Fails with the names and differences of results that are too far apart or missing on one side.
 * @param limit Default that of float32.
 */
export function expectEqualResults(ours: Results, theirs: Results, limit = LIMIT): void {
  expect(Object.keys(ours).sort()).toEqual(Object.keys(theirs).sort());
  const differences = Object.keys(ours).map((name) => ({
    name,
    difference: relativeDifference(ours[name]!, theirs[name]!),
  }));
  expect(differences.filter(({ difference }) => !(difference <= limit))).toEqual([]);
}
