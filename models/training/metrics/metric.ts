/** A metric: a plain value that computes what a batch adds to totals, and a figure from these. */
import { show } from '../../../engine/checks.js';
import type { Graph } from '../../graph/graph.js';

/** A figure F over examples or steps: a number, such as a mean, or a matrix. */
export interface Metric<F = number> {
  readonly name: string;
  /** What a batch adds to the totals, for a graph after its forward pass: right answers and answers, say. */
  measure(graph: Graph): readonly number[];
  /** Computes the figure from the totals. Default: totals[0] / totals[1], a mean. */
  finish?(totals: readonly number[]): F;
}

/** A metric accumulated over batches. */
export interface Meter<F = number> {
  /** Adds a graph after its forward pass; pass it to `fit` or an evaluator as `onBatch`. */
  readonly update: (graph: Graph) => void;
  /** The figure since the last call; NaN if nothing was counted. */
  take(): F;
}

/**
 * Creates a meter, which accumulates a metric over batches.
 * @throws TypeError unless it is a metric
 */
export function createMeter<F>(metric: Metric<F>): Meter<F> {
  requireMetric('createMeter', metric);
  let totals: number[] = [];
  return {
    update: (graph) => addMeasure(totals, metric, graph),
    take() {
      const figure = figureOf(metric, totals);
      totals = [];
      return figure;
    },
  };
}

/** totals += what the graph adds. */
export function addMeasure(totals: number[], metric: Metric<unknown>, graph: Graph): void {
  if (!(graph as Graph | undefined)?.output)
    throw new TypeError(`a meter measures graphs, not ${show(graph)}`);
  const sums = metric.measure(graph);
  for (let n = 0; n < sums.length; n++) totals[n] = (totals[n] ?? 0) + sums[n]!;
}

/** The figure of these totals. */
export function figureOf<F>(metric: Metric<F>, totals: readonly number[]): F {
  return metric.finish ? metric.finish(totals) : (mean(totals) as F);
}

/** A mean: the first total over the second. */
export const mean = ([sum = 0, count = 0]: readonly number[]): number => sum / count;

/** @throws TypeError unless it is a metric */
export function requireMetric(of: string, metric: Metric<unknown>): void {
  if (typeof (metric as Partial<Metric> | null)?.measure !== 'function')
    throw new TypeError(`${of} takes a metric, such as accuracy(), not ${show(metric)}`);
}
