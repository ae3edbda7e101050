/** The scores of all predictions on the test part, and the other results of a run. */
import type { TaskSettings } from '../common/checkpoints.js';
import type { EpochPoint, Trained } from '../common/training.js';
import type { Results } from '../task/results.js';
import { baselines } from './baselines.js';
import type { Rhythm } from './clock.js';
import { AHEAD, LABEL, STEPS } from './chapter.js';
import { countedOf } from './counted.js';
import type { Ahead } from './horizon.js';
import { aheadJson } from './horizonReport.js';
import type { Scaled, Series } from './series.js';

/** The error of a prediction on the test part. */
export interface Score {
  /** Its key in the results. */
  readonly key: string;
  readonly name: string;
  /** The distance of the predicted reading from the last input, in readings. */
  readonly stepsAhead: number;
  /** Mean squared error of the scaled readings. */
  readonly mse: number;
  /** For each reading of the test part; null: not kept. */
  readonly predictions: Float64Array | null;
}

/** The chapter's two models. */
export interface ChapterResults {
  readonly stateless: Trained;
  readonly stateful: Trained;
}

export interface ElectricityResults {
  readonly settings: TaskSettings;
  readonly series: Series;
  /** The scaled readings. */
  readonly scaled: Scaled;
  /** The first reading of the test part. */
  readonly split: number;
  /** Null if a saved forecaster was used. */
  readonly chapter: ChapterResults | null;
  /** Of the forecaster: mean squared errors in squared typical changes. Empty if it was loaded. */
  readonly epochs: readonly EpochPoint[];
  readonly scores: readonly Score[];
  /** Forecasts beyond the last reading; null: not asked for. */
  readonly ahead: Ahead | null;
}

/**
 * The mean squared error of predictions for the values from index `from` on.
 * @param counted 0 for values that do not count
 */
export function meanSquaredError(
  predictions: Float64Array,
  values: Float64Array,
  from: number,
  counted: Uint8Array,
): number {
  let [sum, count] = [0, 0];
  predictions.forEach((value, n) => {
    if (!counted[from + n]) return;
    sum += (value - values[from + n]!) ** 2;
    count++;
  });
  return sum / count;
}

/** The chapter's two models after their last epoch, and the baseline of repeating their last input. */
export function chapterScores(
  values: Float64Array,
  filled: Uint8Array,
  split: number,
  { stateless, stateful }: ChapterResults,
): Score[] {
  const last = values.slice(split + STEPS - 1, values.length - AHEAD);
  const counted = countedOf(filled, AHEAD);
  const score = (key: string, name: string, mse: number): Score => ({
    key,
    name,
    stepsAhead: AHEAD,
    mse,
    predictions: null,
  });
  const lossOf = ({ epochs }: Trained) => epochs.at(-1)!.validationLoss!;
  return [
    score('Stateless', 'stateless, as in the chapter', lossOf(stateless)),
    score('Stateful', 'stateful, as in the chapter', lossOf(stateful)),
    score('LastReadingTwoSteps', 'last reading', meanSquaredError(last, values, split + LABEL, counted)),
  ];
}

/** The forecaster and the baselines, all on the readings from `split` on. */
export function oneStepScores(
  values: Float64Array,
  split: number,
  predictions: Float64Array,
  rhythm: Rhythm,
  counted: Uint8Array,
): Score[] {
  const forecaster = { key: 'OneStep', name: 'forecaster, state carried', predictions };
  return [forecaster, ...baselines(values, split, rhythm, counted)].map((one) => ({
    ...one,
    stepsAhead: 1,
    mse: meanSquaredError(one.predictions, values, split, counted),
  }));
}

/** The errors by key. */
export function finalOf({ series, scores, scaled, epochs, ahead }: ElectricityResults): Results['final'] {
  return {
    ...allErrorsOf(scores, scaled.range),
    secondsOneStep: epochs.reduce((sum, { ms }) => sum + ms, 0) / 1000,
    ...(ahead && { ahead: aheadJson({ series, scaled, ahead }) }),
  };
}

/** The errors of all scores. */
export const allErrorsOf = (scores: readonly Score[], range: number): Record<string, number> =>
  Object.assign({}, ...scores.map(({ key, mse }) => errorsOf(key, mse, range))) as Record<string, number>;

/**
 * Models as `rmseStateless`, baselines as `baselineLastReading`; errors in the unit of the readings with the suffix `Unscaled`.
 */
function errorsOf(key: string, mse: number, range: number): Record<string, number> {
  const isModel = ['Stateless', 'Stateful', 'OneStep'].includes(key);
  const name = `${isModel ? 'rmse' : 'baseline'}${key}`;
  const rmse = Math.sqrt(mse);
  return {
    ...(isModel && { [`mse${key}`]: mse }),
    [name]: rmse,
    [`${name}Unscaled`]: rmse * range,
  };
}
