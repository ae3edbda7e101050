import { classScore, share, type ClassScoreOptions } from './classScores.js';
import type { Metric } from './metric.js';

/**
 * Of the rows of a class, the fraction answered with it; 0 if there are none. (scikit-learn: recall_score;
 * Keras: Recall; torchmetrics: BinaryRecall, MulticlassRecall; tfjs: recall.)
 * @param options by default, every row counts
 * @throws RangeError, when measuring, if the graph has no labels or has several targets per row
 */
export const recall = (options: ClassScoreOptions = {}): Metric =>
  classScore('recall', options, (right, _, labelled) => share(right, labelled));
