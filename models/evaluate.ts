/** The loss without training, as on held-out examples. */
import { createBatches, type Examples, type GraphOptions } from './batches.js';
import { createBreath } from './breath.js';
import { diverged } from './diverged.js';
import type { Model } from './model.js';

/** @returns the mean loss of the model, as it stands at the call, over the examples; rejects when `signal` aborts */
export type Evaluator = (examples: Examples, signal?: AbortSignal) => Promise<number>;

/** Prepares to compute mean losses. @throws InputError, when it evaluates, if the loss is not finite */
export function createEvaluator(model: Model, options: { batch: number; unroll: GraphOptions }): Evaluator {
  const { batch } = options;
  const load = createBatches(model, { ...options.unroll, training: false });
  return async (examples, signal) => {
    const breathe = createBreath();
    let sum = 0;
    for (let from = 0; from < examples.count; from += batch) {
      signal?.throwIfAborted();
      const to = Math.min(from + batch, examples.count);
      sum += load(examples, from, to).forward() * (to - from);
      await breathe();
    }
    const loss = sum / examples.count;
    if (!Number.isFinite(loss)) throw diverged(`the loss on examples not trained on is ${loss}`);
    return loss;
  };
}
