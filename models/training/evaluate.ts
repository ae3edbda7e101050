/** The loss without training, for held-out examples. */
import { createBatches, type Examples, type GraphOptions } from './batches.js';
import { createYield } from './eventLoop.js';
import { diverged } from './finite.js';
import type { Model } from '../graph/model.js';
import type { Graph } from '../graph/graph.js';

/**
 * Evaluates the model with its current weights.
 * @param signal stops the evaluation when aborted. Default: it runs to its end
 * @returns the mean loss over the examples; rejects when `signal` aborts
 */
export type Evaluator = (examples: Examples, signal?: AbortSignal) => Promise<number>;

/** Options of an evaluator. */
export interface EvaluatorOptions {
  /** Examples side by side; the last batch may be smaller. */
  batch: number;
  /**
   * How to unroll the graph, except for the batch size; never for training. Examples of `sequences` know their
   * steps and masks.
   */
  unroll: Partial<GraphOptions>;
  /** Called after each batch with its graph, for metrics. Default: no call. */
  onBatch?(graph: Graph): void;
}

/**
 * Creates a function that computes mean losses. Each evaluation starts stateful layers from 0.
 * @throws InputError, when evaluating, if the loss is not finite; RangeError if there are no examples
 */
export function createEvaluator(model: Model, options: EvaluatorOptions): Evaluator {
  const { batch } = options;
  return async (examples, signal) => {
    if (examples.count < 1) throw new RangeError('evaluate: there are no examples');
    const shape = { ...examples.unroll, ...options.unroll, training: false };
    const { load, states } = createBatches(model, shape);
    const yieldNow = createYield();
    let [sum, count] = [0, 0];
    for (let from = 0; from < examples.count; from += batch) {
      signal?.throwIfAborted();
      const to = Math.min(from + batch, examples.count);
      const graph = load(examples, from, to);
      const loss = graph.forward();
      const weight = graph.weight();
      sum += loss * weight;
      count += weight;
      states.take(graph);
      options.onBatch?.(graph);
      await yieldNow();
    }
    const loss = count ? sum / count : 0;
    if (!Number.isFinite(loss)) throw diverged(`the loss on held-out examples is ${loss}`);
    return loss;
  };
}
