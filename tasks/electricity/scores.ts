/** How well each prediction does on the test part. */
import type { Trained } from '../common/training.js';
import { baselines } from './baselines.js';
import { LABEL, STEPS } from './chapter.js';
import type { Score } from './run.js';

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
  stateless: Trained,
  stateful: Trained,
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
