/** A metric: a plain value that computes what a batch adds to a mean. */
import type { Graph } from '../../graph/graph.js';

/** A figure that is a mean over examples or steps, or computed from one. */
export interface Metric {
  readonly name: string;
  /** For a graph after its forward pass: the sum over the rows that count, and their number. */
  measure(graph: Graph): { readonly sum: number; readonly count: number };
  /** Computes the figure from the mean, such as its root. Default: the mean itself. */
  finish?(mean: number): number;
}

/** A metric accumulated over batches. */
export interface Meter {
  /** Adds a graph after its forward pass; pass it to `fit` or an evaluator as `onBatch`. */
  readonly update: (graph: Graph) => void;
  /** The figure since the last call; NaN if nothing was counted. */
  take(): number;
}

/** Creates a meter, which accumulates a metric over batches. */
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
