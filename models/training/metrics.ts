/** Metrics: how often the model is right, over as many batches as are added up. */
import { isIndices } from '../layers/signal.js';
import type { Graph } from '../graph/graph.js';

/** To be given to `fit` or an evaluator as `onBatch`. */
export interface Accuracy {
  /** Counts the rows of a graph after its forward pass. */
  readonly update: (graph: Graph) => void;
  /** The share that was right since the last call, 0 to 1; NaN if nothing was counted. */
  take(): number;
}

/**
 * Counts rows of logits [rows, V] whose largest is that of the label (Keras: categorical accuracy); of one logit, whether
 * its sign says what the target does (Keras: binary accuracy).
 * @param ignore a label whose rows are not counted, such as that of padding. Default: all are
 */
export function createAccuracy({ ignore }: { ignore?: number } = {}): Accuracy {
  let [right, all] = [0, 0];
  return {
    update({ output, labels }) {
      if (!labels) throw new RangeError('accuracy: the graph has no labels');
      const [M, V] = output.shape as [number, number];
      const isClass = isIndices(labels);
      if (!isClass && V > 1) throw new RangeError(`accuracy: targets are one for each row, not ${V}`);
      for (let m = 0; m < M; m++) {
        const label = labels.data[m]!;
        if (label === ignore) continue;
        const from = output.offset + m * V;
        const answer = isClass ? argmax(output.data, from, V) : Number(output.data[from]! > 0);
        if (answer === label) right++;
        all++;
      }
    },
    take() {
      const share = right / all;
      [right, all] = [0, 0];
      return share;
    },
  };
}

/** Which of `length` entries from `from` on is the largest; of equal ones the first. */
export function argmax(data: ArrayLike<number>, from: number, length: number): number {
  let best = 0;
  for (let n = 1; n < length; n++) if (data[from + n]! > data[from + best]!) best = n;
  return best;
}
