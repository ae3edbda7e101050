import { isIndices } from '../../layers/signal.js';
import { argmax } from './argmax.js';
import type { Metric } from './metric.js';

/**
 * The share of rows of logits [rows, V] whose largest is that of the label (Keras: categorical accuracy); of one logit, of
 * those whose sign says what the target does (Keras: binary accuracy).
 * @param options.ignore a label whose rows are not counted, such as that of padding. Default: all are
 * @throws RangeError, when it measures, if the graph has no labels or several targets a row
 */
export function accuracy({ ignore }: { ignore?: number } = {}): Metric {
  return {
    name: 'accuracy',
    measure({ output, labels }) {
      if (!labels) throw new RangeError('accuracy: the graph has no labels');
      const [M, V] = output.shape as [number, number];
      const isClass = isIndices(labels);
      if (!isClass && V > 1) throw new RangeError(`accuracy: targets are one for each row, not ${V}`);
      let [right, count] = [0, 0];
      for (let m = 0; m < M; m++) {
        const label = labels.data[m]!;
        if (label === ignore) continue;
        const from = output.offset + m * V;
        const answer = isClass ? argmax(output.data, from, V) : Number(output.data[from]! > 0);
        if (answer === label) right++;
        count++;
      }
      return { sum: right, count };
    },
  };
}
