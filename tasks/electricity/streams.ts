/**
 * Time series for a stateful model: each row of the batch follows its own stream of consecutive days, and the
 * next batch continues where this one ended. So the state carried from batch to batch is carried from each
 * reading to the next.
 */
import type { Examples } from '../../models/index.js';
import { firstOfDay, type Rhythm } from './clock.js';
import { firstPredicted, type ForecastFeatures } from './features.js';

/** Readings per window, through which gradients flow: six hours of quarters. */
export const WINDOW = 24;

/** The readings along which the state is built up: a week, or more where a day has few of them. */
export const warmUp = ({ week }: Rhythm): number => Math.max(week, 4 * WINDOW);

export interface Streams {
  /** Readings per stream, a whole number of windows. */
  readonly length: number;
  /** The first reading of each stream. */
  readonly starts: readonly number[];
}

/** The readings that streams are cut into: the fewest that are whole days and whole windows. */
export function blockOf({ day }: Rhythm): number {
  let block = day;
  while (block % WINDOW !== 0) block += day;
  return block;
}

/**
 * Cuts the whole blocks before reading `end` into one stream per row of the batch. If the blocks cannot be
 * divided evenly, streams overlap a little, so that every block is covered.
 */
export function cutStreams(rhythm: Rhythm, start: number, end: number, rows: number): Streams {
  const block = blockOf(rhythm);
  const first = firstOfDay(rhythm, start, firstPredicted(rhythm));
  const whole = Math.floor((end - first) / block);
  const blocks = Math.ceil(whole / rows);
  const startOf = (row: number) => (rows === 1 ? 0 : Math.floor((row * (whole - blocks)) / (rows - 1)));
  const starts = Array.from({ length: rows }, (_, row) => first + startOf(row) * block);
  return { length: blocks * block, starts };
}

/**
 * The windows of the streams in batch order: the first of each stream, then the second of each, and so on.
 * @param counted 0 for readings whose errors do not count
 */
export function streamWindows(
  { length, starts }: Streams,
  features: ForecastFeatures,
  counted: Uint8Array,
): Examples {
  const rows = starts.length;
  return {
    count: (length / WINDOW) * rows,
    unroll: { weights: counted.includes(0) },
    write({ input, labels, weights, batch }, row, index) {
      const first = starts[index % rows]! + Math.floor(index / rows) * WINDOW;
      for (let t = 0; t < WINDOW; t++) {
        features.write(input.data as Float32Array, (t * batch + row) * features.count, first + t);
        labels!.data[t * batch + row] = features.target(first + t);
        if (weights) weights.data[t * batch + row] = counted[first + t]!;
      }
    },
  };
}
