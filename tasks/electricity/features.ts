/**
 * What a forecaster is told before each reading: the last reading, how far the readings of the last seven days at about this
 * time were from it, the time of the day and the day of the week.
 *
 * Its target is the change from the last reading. Changes and differences are divided by a typical change, the root mean
 * square of the changes in the training part. So always to predict 0 is the baseline "last reading", with a mean squared
 * error of 1.
 */
import { clockOf, DAY, WEEK } from './clock.js';

/** Readings before and after the same time of a day before: half an hour each. */
const AROUND = 2;
const DAYS = 7;

/** How many numbers it is told. */
export const FEATURES = 1 + DAYS * (2 * AROUND + 1) + 4;

/** The first reading that has a week before it. */
export const FIRST_PREDICTED = WEEK + AROUND;

/** Learnt from the training part. */
export interface Normalization {
  /** Mean reading. */
  mean: number;
  /** Root mean square of the changes from one reading to the next. */
  change: number;
}

/** Of the readings before `end`. */
export function normalizationOf(values: Float64Array, end: number): Normalization {
  let [sum, squares] = [values[0]!, 0];
  for (let n = 1; n < end; n++) {
    sum += values[n]!;
    squares += (values[n]! - values[n - 1]!) ** 2;
  }
  return { mean: sum / end, change: Math.sqrt(squares / (end - 1)) };
}

export interface ForecastFeatures {
  /** Writes what is known before reading n into `data`, from place `at` on. @param n up to the reading after the last */
  write(data: Float32Array | Float64Array, at: number, n: number): void;
  /** What the model should answer for reading n. */
  target(n: number): number;
  /** The reading n that an answer of the model means. */
  prediction(n: number, answer: number): number;
}

/**
 * The features of a series.
 * @param values the scaled readings
 * @param start when the first was taken, in milliseconds as of `Date.UTC`
 */
export function forecastFeatures(
  values: Float64Array,
  start: number,
  { mean, change }: Normalization,
): ForecastFeatures {
  return {
    write(data, at, n) {
      const last = values[n - 1]!;
      data[at++] = (last - mean) / change;
      for (let day = 1; day <= DAYS; day++) {
        for (let near = -AROUND; near <= AROUND; near++) {
          data[at++] = (values[n - day * DAY + near]! - last) / change;
        }
      }
      // On a circle midnight is beside 23:45, and Sunday beside Monday.
      const { time, weekday } = clockOf(start, n);
      for (const turn of [time, weekday / 7]) {
        data[at++] = Math.sin(2 * Math.PI * turn);
        data[at++] = Math.cos(2 * Math.PI * turn);
      }
    },
    target: (n) => (values[n]! - values[n - 1]!) / change,
    prediction: (n, answer) => values[n - 1]! + answer * change,
  };
}
