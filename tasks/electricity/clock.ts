/** Time of day and day of the week. A reading is the mean of the time before it, such as a quarter of an hour. */

const DAY = 24 * 60 * 60_000;

/** How often a meter is read. */
export interface Rhythm {
  /** From one reading to the next, in milliseconds. */
  readonly step: number;
  /** Readings in a day. */
  readonly day: number;
  /** Readings in a week. */
  readonly week: number;
}

/** The rhythm of a step that divides a day; null for others. */
export function rhythmOf(step: number): Rhythm | null {
  const day = DAY / step;
  return Number.isInteger(day) ? { step, day, week: 7 * day } : null;
}

/** The number, counted from a midnight, of the step that reading n covers. */
const stepOf = ({ step }: Rhythm, start: number, n: number): number => Math.floor(start / step) - 1 + n;

const remainder = (a: number, b: number): number => ((a % b) + b) % b;

/**
 * The position of reading n in its day, which starts at midnight, and its week, which starts on Thursday.
 * @param start the time of reading 0, in milliseconds as of `Date.UTC`
 * @returns the time of the day, 0 to 1, and the day of the week, 0 to 6
 */
export function clockOf(rhythm: Rhythm, start: number, n: number): { time: number; weekday: number } {
  const { day, week } = rhythm;
  const step = stepOf(rhythm, start, n);
  return { time: remainder(step, day) / day, weekday: Math.floor(remainder(step, week) / day) };
}

/** The first reading, `least` or later, that starts a day. */
export function firstOfDay(rhythm: Rhythm, start: number, least: number): number {
  return least + remainder(-stepOf(rhythm, start, least), rhythm.day);
}

/** `15 minutes`, `1 hour` */
export function durationText(milliseconds: number): string {
  const units = [
    ['day', DAY],
    ['hour', 60 * 60_000],
    ['minute', 60_000],
    ['second', 1000],
  ] as const;
  const [unit, size] = units.find(([, size]) => milliseconds % size === 0) ?? ['second', 1000];
  const count = milliseconds / size;
  return `${Number(count.toFixed(3))} ${unit}${count === 1 ? '' : 's'}`;
}

/** After "one reading every": `15 minutes`, `hour` */
export const everyText = (step: number): string => durationText(step).replace(/^1 /, '');
