/**
 * Time series for a stateful model: each row of the batch follows a stream of its own, whole days on end, and the next batch
 * goes on where this one ended. So a state that is carried from batch to batch is carried from each reading to the next.
 */
import type { Examples } from '../../models/index.js';
import { DAY, firstOfDay } from './clock.js';
import { FIRST_PREDICTED, FEATURES, type ForecastFeatures } from './features.js';

/** Readings in a window, through which gradients flow back: six hours. A day is a whole number of windows. */
export const WINDOW = 24;

export interface Streams {
  /** Days in each stream. */
  readonly days: number;
  /** The reading that each begins with. */
  readonly starts: readonly number[];
}

/**
 * Cuts the whole days before reading `end` into as many streams as the batch has rows. Where the days cannot be shared out
 * evenly, streams overlap a little, so that each day is in one.
 */
export function cutStreams(start: number, end: number, rows: number): Streams {
  const first = firstOfDay(start, FIRST_PREDICTED);
  const whole = Math.floor((end - first) / DAY);
  const days = Math.ceil(whole / rows);
  const startOf = (row: number) => (rows === 1 ? 0 : Math.floor((row * (whole - days)) / (rows - 1)));
  return { days, starts: Array.from({ length: rows }, (_, row) => first + startOf(row) * DAY) };
}

/** The windows of the streams in the order in which a batch reads them: the first of each stream, then the second of each. */
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
