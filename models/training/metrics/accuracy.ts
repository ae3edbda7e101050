import { isIndices } from '../../layers/signal.js';
import { argmax } from './argmax.js';
import type { Metric } from './metric.js';

/** Options of the accuracy. */
export interface AccuracyOptions {
  /** A label whose rows are not counted, such as that of padding. Default: all rows are counted. */
  ignore?: number;
}

/**
 * The fraction of rows of logits [rows, V] whose largest entry is that of the label (Keras: categorical
 * accuracy); for a single logit, whose sign agrees with the target (Keras: binary accuracy).
 * @throws RangeError, when measuring, if the graph has no labels or has several targets per row
 */
export function accuracy({ ignore }: AccuracyOptions = {}): Metric {
  return {
    name: 'accuracy',
    measure({ output, labels }) {
      if (!labels) throw new RangeError('accuracy: the graph has no labels');
      const [M, V] = output.shape as [number, number];
      const isClass = isIndices(labels);
      if (!isClass && V > 1) throw new RangeError(`accuracy: needs one target per row, not ${V}`);
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
