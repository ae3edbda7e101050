/** Time of day and day of the week. A reading is the mean of the quarter of an hour before its time. */
import { QUARTER } from '../../datasets/index.js';

/** Readings in a day and in a week. */
export const DAY = 96;
export const WEEK = 7 * DAY;

/** The number, counted from a midnight, of the quarter of an hour that reading n covers. */
const quarterOf = (start: number, n: number): number => Math.floor(start / QUARTER) - 1 + n;

const remainder = (a: number, b: number): number => ((a % b) + b) % b;

/**
 * The position of reading n in its day, which starts at midnight, and its week, which starts on Thursday.
 * @param start the time of reading 0, in milliseconds as of `Date.UTC`
 * @returns the time of the day, 0 to 1, and the day of the week, 0 to 6
 */
export function clockOf(start: number, n: number): { time: number; weekday: number } {
  const quarter = quarterOf(start, n);
  return {
    time: remainder(quarter, DAY) / DAY,
    weekday: Math.floor(remainder(quarter, WEEK) / DAY),
  };
}

/** The first reading, `least` or later, that starts a day. */
export function firstOfDay(start: number, least: number): number {
  return least + remainder(-quarterOf(start, least), DAY);
}
