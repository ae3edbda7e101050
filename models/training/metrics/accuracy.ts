import { readOptions } from '../../../engine/checks.js';
import type { Metric } from './metric.js';
import { requireIgnore, eachAnswer, type AnswerOptions } from './rows.js';

/** Options of the accuracy. */
export type AccuracyOptions = AnswerOptions;

/**
 * The fraction of rows whose answer is right: the largest of the logits [rows, V] is that of the label, or the
 * sign of a single logit agrees with the target, which means yes from 0.5 on. (Keras: SparseCategoricalAccuracy,
 * BinaryAccuracy; torchmetrics: MulticlassAccuracy with average='micro', BinaryAccuracy; tfjs:
 * sparseCategoricalAccuracy, binaryAccuracy.)
 * @param options by default, every row counts
 * @throws RangeError, when measuring, if the graph has no labels or has several targets per row
 */
export function accuracy(options: AccuracyOptions = {}): Metric {
  const { ignore } = readOptions('accuracy', options, { ignore: undefined });
  requireIgnore('accuracy', ignore);
  return {
    name: 'accuracy',
    measure(graph) {
      let [right, count] = [0, 0];
      eachAnswer('accuracy', graph, ignore, (truth, answer) => {
        if (answer === truth) right++;
        count++;
      });
      return [right, count];
    },
  };
}
