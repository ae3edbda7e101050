/** Baselines: predictions that need no network, all one step ahead. */
import { autoregression } from './autoregression.js';
import type { Rhythm } from './clock.js';

export interface Baseline {
  /** Its key in the results. */
  readonly key: string;
  readonly name: string;
  readonly predictions: Float64Array;
}

const HOUR = 60 * 60_000;

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n);

/** The lags of the linear regressions. Last week's reach an hour before and after the same time of day. */
function lagsOf({ day, step }: Rhythm) {
  const hour = Math.ceil(HOUR / step);
  const around = range(1, 7).flatMap((days) => range(days * day - hour, days * day + hour));
  return {
    last20: range(1, 20),
    lastDay: range(1, day),
    lastWeek: [...new Set([...range(1, day), ...around.filter((lag) => lag > 0)])],
  };
}

/**
 * Predicts the readings from index `from` on; the earlier ones are the training data.
 * @param values with at least a week and an hour of readings before `from`
 * @param counted 0 for readings that are not fitted
 */
export function baselines(
  values: Float64Array,
  from: number,
  rhythm: Rhythm,
  counted: Uint8Array,
): Baseline[] {
  const lags = lagsOf(rhythm);
  const repeat = (lag: number) => values.slice(from - lag, values.length - lag);
  const linear = (which: readonly number[]) => {
    const predict = autoregression(values, which, from, counted);
    return values.slice(from).map((_, n) => predict(from + n));
  };
  return [
    { key: 'LastReading', name: 'last reading', predictions: repeat(1) },
    { key: 'Yesterday', name: 'same time yesterday', predictions: repeat(rhythm.day) },
    { key: 'LastWeek', name: 'same time last week', predictions: repeat(rhythm.week) },
    { key: 'Linear20', name: 'linear, last 20 readings', predictions: linear(lags.last20) },
    { key: 'LinearDay', name: 'linear, last day', predictions: linear(lags.lastDay) },
    {
      key: 'LinearWeek',
      name: 'linear, last day and same hours of last week',
      predictions: linear(lags.lastWeek),
    },
  ];
}
