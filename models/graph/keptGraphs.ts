/**
 * The graphs that fit, evaluators and predictors need: one for each shape, kept with the model, so that the next
 * call finds it. The one that has been unused for longest is given back when there are too many.
 */
import type { Graph, UnrollOptions } from './graph.js';
import type { Model } from './model.js';
import { unroll } from './unroll.js';

/** Full and last batches of a training run, of two evaluators and of a few lengths. */
const MOST = 16;

/** A graph, and who uses it. */
interface KeptGraph {
  readonly graph: Graph;
  user: object;
}

/** By model, and by shape in the order in which they were used last. */
const keptOf = new WeakMap<Model, Map<string, KeptGraph>>();

/**
 * The graph of this shape. A user that is not the last one gets it as if it were new.
 * @param user the same object from call to call
 */
export function keptGraph(model: Model, options: UnrollOptions, user: object): Graph {
  const kept = keptOf.get(model) ?? new Map<string, KeptGraph>();
  keptOf.set(model, kept);
  const key = keyOf(options);
  const entry = kept.get(key) ?? { graph: unroll(model, options), user };
  kept.delete(key);
  kept.set(key, entry);
  model.owned.add(entry.graph);
  if (entry.user !== user) clear(entry.graph);
  entry.user = user;
  for (const [oldest, { graph }] of kept) {
    if (kept.size <= MOST) break;
    kept.delete(oldest);
    model.owned.delete(graph);
    graph.dispose();
  }
  return entry.graph;
}

/** Sets everything that a caller may have written to its initial value. */
function clear(graph: Graph): void {
  graph.input.data.fill(0);
  graph.labels?.data.fill(0);
  graph.mask?.data.fill(1);
  graph.weights?.data.fill(1);
  graph.resetStates();
}

const keyOf = ({ batch, steps, loss = null, training = loss !== null, ...others }: UnrollOptions) => {
  const { advance = steps, mask, weights, inputGradient, initialStateGradient } = others;
  const flags = [training, mask, inputGradient, initialStateGradient].map((flag) => flag ?? false);
  return [batch, steps, advance, keyOfValue(loss), keyOfValue(weights ?? false), ...flags].join();
};

const numbers = new WeakMap<object, number>();
let count = 0;

/** A name or flag as it is; a number for a loss or a function of weights, since others may be called the same. */
function keyOfValue(value: object | string | boolean | null): string | number | boolean | null {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return value;
  if (!numbers.has(value)) numbers.set(value, count++);
  return numbers.get(value)!;
}
