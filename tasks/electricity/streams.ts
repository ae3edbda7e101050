/**
 * Time series for a stateful model: each row of the batch follows its own stream of consecutive days, and the
 * next batch continues where this one ended. So the state carried from batch to batch is carried from each
 * reading to the next.
 */
import type { Examples } from '../../models/index.js';
import { DAY, firstOfDay } from './clock.js';
import { FIRST_PREDICTED, FEATURES, type ForecastFeatures } from './features.js';

/** Readings per window, through which gradients flow: six hours. A day is a whole number of windows. */
export const WINDOW = 24;

export interface Streams {
  /** Days per stream. */
  readonly days: number;
  /** The first reading of each stream. */
  readonly starts: readonly number[];
}

/**
 * Cuts the whole days before reading `end` into one stream per row of the batch. If the days cannot be
 * divided evenly, streams overlap a little, so that every day is covered.
 */
export function cutStreams(start: number, end: number, rows: number): Streams {
  const first = firstOfDay(start, FIRST_PREDICTED);
  const whole = Math.floor((end - first) / DAY);
  const days = Math.ceil(whole / rows);
  const startOf = (row: number) => (rows === 1 ? 0 : Math.floor((row * (whole - days)) / (rows - 1)));
  return { days, starts: Array.from({ length: rows }, (_, row) => first + startOf(row) * DAY) };
}

/**
 * The windows of the streams in batch order: the first of each stream, then the second of each, and so on.
 */
export function streamWindows({ days, starts }: Streams, features: ForecastFeatures): Examples {
  const rows = starts.length;
  return {
    count: ((days * DAY) / WINDOW) * rows,
    write({ input, labels, batch }, row, index) {
      const first = starts[index % rows]! + Math.floor(index / rows) * WINDOW;
      for (let t = 0; t < WINDOW; t++) {
        features.write(input.data as Float32Array, (t * batch + row) * FEATURES, first + t);
        labels!.data[t * batch + row] = features.target(first + t);
      }
    },
  };
}
