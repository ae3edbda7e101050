/**
 * The inputs of the forecaster for each reading: the last reading, the differences to it of the readings
 * around the same time on the last seven days, the time of day and the day of the week.
 *
 * Its target is the change from the last reading. Changes and differences are divided by a typical change,
 * the root mean square of the changes in the training part. So always predicting 0 is the baseline "last
 * reading", with a mean squared error of 1.
 */
import { clockOf, type Rhythm } from './clock.js';

const DAYS = 7;

/** The inputs of an earlier day reach this many readings before and after the same time, but never into today. */
export const around = ({ day }: Rhythm) => Math.min(2, day - 1);

/** The number of inputs. */
export const featureCount = (rhythm: Rhythm): number => 1 + DAYS * (2 * around(rhythm) + 1) + 4;

/** The first reading with a week of readings before it. */
export const firstPredicted = (rhythm: Rhythm): number => rhythm.week + around(rhythm);

/** Computed from the training part. */
export interface Normalization {
  /** The mean reading. */
  mean: number;
  /** The root mean square of the changes from one reading to the next. */
  change: number;
  /** The standard deviation of the readings. Older models used the change instead. */
  spread?: number;
}

/**
 * The normalization from the readings before `end`.
 * @param counted 0 for readings whose changes do not count
 */
export function normalizationOf(values: Float64Array, end: number, counted: Uint8Array): Normalization {
  let [sum, squares, changes] = [values[0]!, 0, 0];
  for (let n = 1; n < end; n++) {
    sum += values[n]!;
    if (!counted[n]) continue;
    squares += (values[n]! - values[n - 1]!) ** 2;
    changes++;
  }
  const mean = sum / end;
  const deviations = values.subarray(0, end).reduce((total, value) => total + (value - mean) ** 2, 0);
  return { mean, change: Math.sqrt(squares / changes), spread: Math.sqrt(deviations / end) };
}

export interface ForecastFeatures {
  readonly rhythm: Rhythm;
  /** The number of inputs. */
  readonly count: number;
  /**
   * Writes the inputs for reading n into `data` from index `at` on.
   * @param n up to one after the last reading
   */
  write(data: Float32Array | Float64Array, at: number, n: number): void;
  /** The target for reading n. */
  target(n: number): number;
  /** Reading n as predicted by an output of the model. */
  prediction(n: number, answer: number): number;
}

/**
 * The features of a series.
 * @param values the scaled readings
 */
export function forecastFeatures(
  values: Float64Array,
  { start, rhythm }: { start: number; rhythm: Rhythm },
  { mean, change, spread = change }: Normalization,
): ForecastFeatures {
  const near = around(rhythm);
  return {
    rhythm,
    count: featureCount(rhythm),
    write(data, at, n) {
      const last = values[n - 1]!;
      data[at++] = (last - mean) / spread;
      for (let day = 1; day <= DAYS; day++) {
        for (let off = -near; off <= near; off++) {
          data[at++] = (values[n - day * rhythm.day + off]! - last) / change;
        }
      }
      // On a circle, midnight is next to 23:45, and Sunday next to Monday.
      const { time, weekday } = clockOf(rhythm, start, n);
      for (const turn of [time, weekday / 7]) {
        data[at++] = Math.sin(2 * Math.PI * turn);
        data[at++] = Math.cos(2 * Math.PI * turn);
      }
    },
    target: (n) => (values[n]! - values[n - 1]!) / change,
    prediction: (n, answer) => values[n - 1]! + answer * change,
  };
}
