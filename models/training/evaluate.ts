/** The loss without training, for held-out examples. */
import { readOptions, requireFunction, requireWhole } from '../../engine/checks.js';
import { createBatches, type Examples, type GraphOptions } from './batches.js';
import { requireModel } from '../graph/checks.js';
import { requireExamples, requireLoss, requireObject, requireSignal } from './checks.js';
import { createYield } from './eventLoop.js';
import { lossNotFinite } from './finite.js';
import type { Model } from '../graph/model.js';
import type { Graph } from '../graph/graph.js';
import type { StopSignal } from './stopSignal.js';

/**
 * Evaluates the model with its current weights.
 * @param signal stops the evaluation when aborted. Default: it runs to its end
 * @returns the mean loss over the examples; rejects when `signal` aborts
 */
export type Evaluator = (examples: Examples, signal?: StopSignal | null) => Promise<number>;

/** Options of an evaluator. */
export interface EvaluatorOptions {
  /** Examples side by side; the last batch may be smaller. */
  batch: number;
  /**
   * How to unroll the graph, except for the batch size; never for training. Examples of `sequences` know
   * their steps and masks.
   */
  unroll: Partial<GraphOptions>;
  /** Called after each batch with its graph, for metrics. Default: no call. */
  onBatch?(graph: Graph): void;
}

/**
 * Creates a function that computes mean losses. Each evaluation starts stateful layers from 0.
 * @throws TypeError or RangeError that names an option that cannot be used. When evaluating: InputError if the
 * loss is not finite; RangeError if there are no examples, or all have weight 0
 */
export function createEvaluator(model: Model, given: EvaluatorOptions): Evaluator {
  requireModel('createEvaluator', model);
  const { batch, unroll, onBatch } = readOptions('createEvaluator', given, { onBatch() {} }, [
    'batch',
    'unroll',
  ]);
  requireWhole('createEvaluator: batch', batch);
  requireFunction('createEvaluator: onBatch', onBatch);
  requireObject('createEvaluator: unroll', unroll);
  return async (examples, signal = null) => {
    requireExamples('evaluate', examples);
    requireSignal('evaluate: signal', signal);
    const shape = { ...examples.unroll, ...unroll, training: false };
    requireLoss('evaluate', shape);
    const { each } = createBatches(model, shape);
    const yieldNow = createYield();
    let [sum, count] = [0, 0];
    for (const graph of each(examples, 0, examples.count, batch)) {
      signal?.throwIfAborted();
      const loss = graph.forward();
      if (!Number.isFinite(loss)) throw lossNotFinite(graph, `the loss on held-out examples is ${loss}`);
      const weight = graph.weight();
      sum += loss * weight;
      count += weight;
      onBatch(graph);
      await yieldNow();
    }
    if (count === 0) throw new RangeError('evaluate: all examples have weight 0');
    return sum / count;
  };
}
