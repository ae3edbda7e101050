import { readOptions, requireWhole } from '../../../engine/checks.js';
import type { Metric } from './metric.js';
import { requireIgnore, eachClass, type AnswerOptions } from './rows.js';

/** Options of the top-k accuracy. */
export interface TopKOptions extends AnswerOptions {
  /** How many of the largest logits may be that of the label. Default 5. */
  k?: number;
}

/**
 * The fraction of rows in which the label's logit is among the k largest; of equal ones the first is the largest.
 * (Keras: SparseTopKCategoricalAccuracy; torchmetrics: MulticlassAccuracy with top_k and average='micro'; tfjs
 * has none.)
 * @param options by default, every row counts
 * @throws RangeError when k is not a whole number; when measuring, if labels are not classes
 */
export function topKAccuracy(options: TopKOptions = {}): Metric {
  const { k, ignore } = readOptions('topKAccuracy', options, { k: 5, ignore: undefined });
  requireIgnore('topKAccuracy', ignore);
  requireWhole('topKAccuracy: k', k);
  return {
    name: 'topKAccuracy',
    measure(graph) {
      let [right, count] = [0, 0];
      eachClass('topKAccuracy', graph, ignore, (truth, x, from, V) => {
        const own = x[from + truth]!;
        let larger = 0;
        for (let v = 0; v < V; v++) {
          const other = x[from + v]!;
          if (other > own || (other === own && v < truth)) larger++;
        }
        if (larger < k) right++;
        count++;
      });
      return [right, count];
    },
  };
}
