import { readOptions } from '../../../engine/checks.js';
import type { Metric } from './metric.js';
import { requireIgnore, eachAnswer, type AnswerOptions } from './rows.js';

/**
 * How often rows of each class got each answer: `matrix[truth][answer]`, of V classes, or of no and yes for a
 * single logit; empty if nothing was measured. (scikit-learn: confusion_matrix; torchmetrics: ConfusionMatrix;
 * tfjs: math.confusionMatrix; Keras has none.)
 * @param options by default, every row counts
 * @throws RangeError, when measuring, if the graph has no labels or has several targets per row
 */
export function confusionMatrix(options: AnswerOptions = {}): Metric<number[][]> {
  const { ignore } = readOptions('confusionMatrix', options, { ignore: undefined });
  requireIgnore('confusionMatrix', ignore);
  return {
    name: 'confusionMatrix',
    measure(graph) {
      const V = Math.max(2, graph.output.shape[1]!);
      const counts = new Array<number>(V * V).fill(0);
      eachAnswer('confusionMatrix', graph, ignore, (truth, answer) => counts[truth * V + answer]!++);
      return counts;
    },
    finish(totals) {
      const V = Math.sqrt(totals.length);
      return Array.from({ length: V }, (_, v) => totals.slice(v * V, (v + 1) * V));
    },
  };
}
