/** What a model must be compared with: predictions that need no network. All are for one step ahead. */
import { autoregression } from './autoregression.js';
import { DAY, WEEK } from './clock.js';

export interface Baseline {
  /** Its name among the results. */
  readonly key: string;
  readonly name: string;
  readonly predictions: Float64Array;
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n);

/** How many readings before and after the time of day count as its hours: one hour each. */
const HOURS = 4;

/** By how many readings before the one to predict, those that a linear regression sees. */
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
 * Predicts the readings `from` and later; those before it are learnt from.
 * @param values at least a week and an hour of them before `from`
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
