/** What the clock says of a reading. A reading is the mean of the quarter of an hour before it is taken. */
import { QUARTER } from '../../datasets/index.js';

/** Readings in a day and in a week. */
export const DAY = 96;
export const WEEK = 7 * DAY;

/** The quarter of an hour that reading n covers, counted from a midnight. */
const quarterOf = (start: number, n: number): number => Math.floor(start / QUARTER) - 1 + n;

const remainder = (a: number, b: number): number => ((a % b) + b) % b;

/**
 * Where in its day and in its week reading n lies: 0 for midnight, and for the midnight before Thursday.
 * @param start when reading 0 was taken, in milliseconds as of `Date.UTC`
 * @returns the time of the day, 0 to 1, and the day of the week, 0 to 6
 */
export function clockOf(start: number, n: number): { time: number; weekday: number } {
  const quarter = quarterOf(start, n);
  return {
    time: remainder(quarter, DAY) / DAY,
    weekday: Math.floor(remainder(quarter, WEEK) / DAY),
  };
}

/** The first reading, `least` or later, that a day begins with. */
export function firstOfDay(start: number, least: number): number {
  return least + remainder(-quarterOf(start, least), DAY);
}
