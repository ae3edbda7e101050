import { classScore, share, type ClassScoreOptions } from './classScores.js';
import type { Metric } from './metric.js';

/**
 * The harmonic mean of precision and recall, 2 right / (answered + labelled). (scikit-learn: f1_score; Keras:
 * F1Score; torchmetrics: BinaryF1Score, MulticlassF1Score; tfjs has none.)
 * @param options by default, every row counts
 * @throws RangeError, when measuring, if the graph has no labels or has several targets per row
 */
export const f1 = (options: ClassScoreOptions = {}): Metric =>
  classScore('f1', options, (right, answered, labelled) => share(2 * right, answered + labelled));
