/** Missing readings: counted, and filled. */
import { requireThat } from '../checks.js';

/** Readings that a table does not have. */
export interface Gaps {
  /** How many readings are missing. */
  readonly missing: number;
  /** Gaps, each of one or more readings in a row. */
  readonly gaps: number;
  /** Readings in the longest gap. */
  readonly longest: number;
  /** 1 for readings that were missing, 0 for those of the table. */
  readonly filled: Uint8Array;
}

/** Fills gaps with straight lines from the reading before to the one after; in place. */
export function fillGaps(readings: Float64Array): Gaps {
  let [missing, gaps, longest] = [0, 0, 0];
  const filled = new Uint8Array(readings.length);
  for (let n = 0; n < readings.length; n++) {
    if (!Number.isNaN(readings[n])) continue;
    const before = n - 1;
    while (Number.isNaN(readings[n])) n++;
    const rise = (readings[n]! - readings[before]!) / (n - before);
    for (let m = before + 1; m < n; m++) readings[m] = readings[before]! + rise * (m - before);
    filled.fill(1, before + 1, n);
    const length = n - before - 1;
    missing += length;
    gaps++;
    longest = Math.max(longest, length);
  }
  return { missing, gaps, longest, filled };
}

/** The readings from the first to the last that there is, gaps between them filled, and how many those are. */
export function trimGaps(readings: Float64Array): Gaps & { readings: Float64Array } {
  requireThat('trimGaps', readings instanceof Float64Array, 'readings must be a Float64Array', readings);
  let [from, to] = [0, readings.length];
  while (from < to && Number.isNaN(readings[from])) from++;
  while (from < to && Number.isNaN(readings[to - 1])) to--;
  const copy = readings.slice(from, to);
  return { readings: copy, ...fillGaps(copy) };
}
