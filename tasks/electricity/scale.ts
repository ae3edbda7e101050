/** Readings between 0 and 1, as the chapter has them. */

export interface Scaled {
  readonly values: Float64Array;
  /** kW from 0 to 1: errors in kW are errors here times this. */
  readonly range: number;
  /** A scaled value in kW. */
  readonly toKilowatts: (value: number) => number;
}

/**
 * Scales so that `least` becomes 0 and `most` 1. The chapter takes them from the whole series, the test part included.
 * (scikit-learn: MinMaxScaler.)
 */
export function scale(readings: Float64Array, { least, most }: { least: number; most: number }): Scaled {
  const range = most - least;
  return {
    values: readings.map((reading) => (reading - least) / range),
    range,
    toKilowatts: (value) => least + value * range,
  };
}

/** The chapter's split in time: the first 70% to learn from, the rest to be tried on. */
export const splitOf = (values: Float64Array): number => Math.trunc(0.7 * values.length);
