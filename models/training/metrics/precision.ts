import { classScore, share, type ClassScoreOptions } from './classScores.js';
import type { Metric } from './metric.js';

/**
 * Of the rows answered with a class, the fraction that are of it; 0 if there are none. (scikit-learn:
 * precision_score; Keras: Precision; torchmetrics: BinaryPrecision, MulticlassPrecision; tfjs: precision.)
 * @param options by default, every row counts
 * @throws RangeError, when measuring, if the graph has no labels or has several targets per row
 */
export const precision = (options: ClassScoreOptions = {}): Metric =>
  classScore('precision', options, (right, answered) => share(right, answered));
