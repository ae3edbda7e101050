/** How well each prediction does on the test part, and what else comes out of a run. */
import type { TaskSettings } from '../common/checkpoints.js';
import type { EpochPoint, Trained } from '../common/training.js';
import { baselines } from './baselines.js';
import { LABEL, STEPS } from './chapter.js';
import type { Scaled, Series } from './series.js';

/** How far a prediction is from the truth on the test part. */
export interface Score {
  /** Its name among the results. */
  readonly key: string;
  readonly name: string;
  /** How many readings after the last one seen is predicted. */
  readonly stepsAhead: number;
  /** Mean squared error of the scaled readings. */
  readonly mse: number;
  /** Of the test part, one after the other; null: not kept. */
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
  /** The readings as the models see them. */
  readonly scaled: Scaled;
  /** The first reading of the test part. */
  readonly split: number;
  /** Null when a saved forecaster was used. */
  readonly chapter: ChapterResults | null;
  /** Of the forecaster; its loss is a mean squared error in squared typical changes. None when it was saved. */
  readonly epochs: readonly EpochPoint[];
  readonly scores: readonly Score[];
}

/** The mean of the squared differences between predictions and the values from `from` on. */
export function meanSquaredError(predictions: Float64Array, values: Float64Array, from: number): number {
  return (
    predictions.reduce((sum, value, n) => sum + (value - values[from + n]!) ** 2, 0) / predictions.length
  );
}

/** The chapter's two models after their last epoch, beside the last reading that they see. */
export function chapterScores(
  values: Float64Array,
  split: number,
  { stateless, stateful }: ChapterResults,
): Score[] {
  const ahead = LABEL - STEPS + 1;
  const last = values.slice(split + STEPS - 1, values.length - ahead);
  const score = (key: string, name: string, mse: number): Score => ({
    key,
    name,
    stepsAhead: ahead,
    mse,
    predictions: null,
  });
  const lossOf = ({ epochs }: Trained) => epochs.at(-1)!.validationLoss!;
  return [
    score('Stateless', 'stateless, as in the chapter', lossOf(stateless)),
    score('Stateful', 'stateful, as in the chapter', lossOf(stateful)),
    score('LastReadingTwoSteps', 'last reading', meanSquaredError(last, values, split + LABEL)),
  ];
}

/** The forecaster beside the predictions that need no network, all on the same readings: those from `split` on. */
export function oneStepScores(values: Float64Array, split: number, predictions: Float64Array): Score[] {
  const forecaster = { key: 'OneStep', name: 'forecaster, state carried', predictions };
  return [forecaster, ...baselines(values, split)].map((one) => ({
    ...one,
    stepsAhead: 1,
    mse: meanSquaredError(one.predictions, values, split),
  }));
}

/** The errors by name. */
export function finalOf({ scores, scaled, epochs }: ElectricityResults): object {
  return {
    ...Object.assign({}, ...scores.map(({ key, mse }) => errorsOf(key, mse, scaled.range))),
    secondsOneStep: epochs.reduce((sum, { ms }) => sum + ms, 0) / 1000,
  } as object;
}

/** Models as `rmseStateless`, what needs no network as `baselineLastReading`; in kW under the same name with `Kilowatts`. */
function errorsOf(key: string, mse: number, range: number): Record<string, number> {
  const isModel = ['Stateless', 'Stateful', 'OneStep'].includes(key);
  const name = `${isModel ? 'rmse' : 'baseline'}${key}`;
  const rmse = Math.sqrt(mse);
  return {
    ...(isModel && { [`mse${key}`]: mse }),
    [name]: rmse,
    [`${name}Kilowatts`]: rmse * range,
  };
}
