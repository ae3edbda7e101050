import { readOptions } from '../../../engine/checks.js';
import { mean, type Metric } from './metric.js';
import { requireIgnore, eachClass, type AnswerOptions } from './rows.js';

/**
 * exp of the mean cross entropy, -ln softmax(x)[label]: among how many equally likely classes the model seems to
 * choose. (Jelinek et al. 1977; KerasHub: Perplexity; torchmetrics: Perplexity; tfjs has none.)
 * @param options by default, every row counts
 * @throws RangeError, when measuring, if labels are not classes
 */
export function perplexity(options: AnswerOptions = {}): Metric {
  const { ignore } = readOptions('perplexity', options, { ignore: undefined });
  requireIgnore('perplexity', ignore);
  return {
    name: 'perplexity',
    measure(graph) {
      let [sum, count] = [0, 0];
      eachClass('perplexity', graph, ignore, (truth, x, from, V) => {
        let largest = -Infinity;
        for (let v = from; v < from + V; v++) largest = Math.max(largest, x[v]!);
        let total = 0;
        for (let v = from; v < from + V; v++) total += Math.exp(x[v]! - largest);
        sum += Math.log(total) - (x[from + truth]! - largest);
        count++;
      });
      return [sum, count];
    },
    finish: (totals) => Math.exp(mean(totals)),
  };
}
