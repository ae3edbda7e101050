/** Baselines: predictions that need no network, all one step ahead. */
import { autoregression } from './autoregression.js';
import { DAY, WEEK } from './clock.js';

export interface Baseline {
  /** Its key in the results. */
  readonly key: string;
  readonly name: string;
  readonly predictions: Float64Array;
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n);

/** One hour in readings: last week's inputs reach this far before and after the same time of day. */
const HOURS = 4;

/** The lags of the linear regressions. */
const LAGS = {
  last20: range(1, 20),
  lastDay: range(1, DAY),
  lastWeek: [
    ...new Set([
      ...range(1, DAY),
      ...range(1, 7).flatMap((day) => range(day * DAY - HOURS, day * DAY + HOURS)),
    ]),
  ],
};

/**
 * Predicts the readings from index `from` on; the earlier ones are the training data.
 * @param values with at least a week and an hour of readings before `from`
 */
export function baselines(values: Float64Array, from: number): Baseline[] {
  const repeat = (lag: number) => values.slice(from - lag, values.length - lag);
  const linear = (lags: readonly number[]) => {
    const predict = autoregression(values, lags, from);
    return values.slice(from).map((_, n) => predict(from + n));
  };
  return [
    { key: 'LastReading', name: 'last reading', predictions: repeat(1) },
    { key: 'Yesterday', name: 'same time yesterday', predictions: repeat(DAY) },
    { key: 'LastWeek', name: 'same time last week', predictions: repeat(WEEK) },
    { key: 'Linear20', name: 'linear, last 20 readings', predictions: linear(LAGS.last20) },
    { key: 'LinearDay', name: 'linear, last day', predictions: linear(LAGS.lastDay) },
    {
      key: 'LinearWeek',
      name: 'linear, last day and same hours of last week',
      predictions: linear(LAGS.lastWeek),
    },
  ];
}
