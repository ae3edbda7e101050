/** The metrics. To add one, write its file and list it here; tests follow. */
import { accuracy } from './accuracy.js';
import { confusionMatrix } from './confusionMatrix.js';
import { f1 } from './f1.js';
import { meanAbsoluteError } from './meanAbsoluteError.js';
import type { Metric } from './metric.js';
import { perplexity } from './perplexity.js';
import { precision } from './precision.js';
import { recall } from './recall.js';
import { rootMeanSquaredError } from './rootMeanSquaredError.js';
import { topKAccuracy } from './topKAccuracy.js';

export type { AccuracyOptions } from './accuracy.js';
export { argmax } from './argmax.js';
export type { ClassScoreOptions } from './classScores.js';
export { createMeter, type Meter, type Metric } from './metric.js';
export type { AnswerOptions } from './rows.js';
export type { TopKOptions } from './topKAccuracy.js';
export { accuracy, confusionMatrix, f1, meanAbsoluteError, perplexity, precision, recall };
export { rootMeanSquaredError, topKAccuracy };

/** Every metric, by name: functions of options that all have defaults. */
export const metrics = {
  /** {@link accuracy} */
  accuracy,
  /** {@link topKAccuracy} */
  topKAccuracy,
  /** {@link perplexity} */
  perplexity,
  /** {@link confusionMatrix} */
  confusionMatrix,
  /** {@link precision} */
  precision,
  /** {@link recall} */
  recall,
  /** {@link f1} */
  f1,
  /** {@link meanAbsoluteError} */
  meanAbsoluteError,
  /** {@link rootMeanSquaredError} */
  rootMeanSquaredError,
} satisfies Record<string, () => Metric<unknown>>;
