import { mean, type Metric } from './metric.js';
import { sumOfErrors } from './rows.js';

/**
 * The root of the mean of (x - y)² over all outputs x and targets y. (Keras: RootMeanSquaredError; torchmetrics:
 * MeanSquaredError with squared=False; tfjs has none.)
 * @throws RangeError, when measuring, if labels are not targets
 */
export const rootMeanSquaredError = (): Metric => ({
  name: 'rootMeanSquaredError',
  measure: (graph) => sumOfErrors('rootMeanSquaredError', graph, (difference) => difference ** 2),
  finish: (totals) => Math.sqrt(mean(totals)),
});
