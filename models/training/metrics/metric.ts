/** What a metric is: a plain value that says what a batch adds to a mean. */
import type { Graph } from '../../graph/graph.js';

/** A figure that is a mean over examples or steps, or made from one. */
export interface Metric {
  readonly name: string;
  /** Of a graph after its forward pass: the sum over the rows that count, and how many they are. */
  measure(graph: Graph): { readonly sum: number; readonly count: number };
  /** From the mean to the figure, such as a root. Default: the mean itself. */
  finish?(mean: number): number;
}

/** A metric over as many batches as are added up. */
export interface Meter {
  /** Adds what a graph holds after its forward pass; to be given to `fit` or an evaluator as `onBatch`. */
  readonly update: (graph: Graph) => void;
  /** The figure since the last call; NaN if nothing was counted. */
  take(): number;
}

/** Adds up a metric over batches. */
export function createMeter(metric: Metric): Meter {
  let [sum, count] = [0, 0];
  return {
    update(graph) {
      const batch = metric.measure(graph);
      sum += batch.sum;
      count += batch.count;
    },
    take() {
      const mean = sum / count;
      [sum, count] = [0, 0];
      return metric.finish?.(mean) ?? mean;
    },
  };
}
