import type { Metric } from './metric.js';
import { sumOfErrors } from './rows.js';

/**
 * The mean of |x - y| over all outputs x and targets y. (Keras: MeanAbsoluteError; torchmetrics:
 * MeanAbsoluteError; tfjs: meanAbsoluteError.)
 * @throws RangeError, when measuring, if labels are not targets
 */
export const meanAbsoluteError = (): Metric => ({
  name: 'meanAbsoluteError',
  measure: (graph) => sumOfErrors('meanAbsoluteError', graph, Math.abs),
});
