/** Checks of the objects that training is given: a trainer, examples, a graph. */
import { hasMembers, isRecord, requireWhole, show } from '../../engine/checks.js';
import type { Graph } from '../graph/graph.js';
import type { Model } from '../graph/model.js';
import type { Examples, GraphOptions } from './batches.js';

/** @throws TypeError unless it is a trainer */
export function requireTrainer(of: string, trainer: unknown): void {
  if (!hasMembers(trainer, 'model', 'memory', 'step'))
    throw new TypeError(`${of} takes a trainer of createTrainer, not ${show(trainer)}`);
}

/** @throws TypeError unless they are examples; RangeError when there are none */
export function requireExamples(of: string, examples: Examples): void {
  if (typeof (examples as Partial<Examples> | null)?.write !== 'function')
    throw new TypeError(`${of} takes examples, { count, write(graph, row, index) }, not ${show(examples)}`);
  if (examples.count === 0) throw new RangeError(`${of}: there are no examples`);
  requireWhole(`${of}: count of the examples`, examples.count);
}

/** @throws Error unless the graph belongs to the model and has a loss */
export function requireGraph(of: string, graph: Graph, model: Model): void {
  if (!graph?.model) throw new TypeError(`${of} takes a graph of unroll, not ${show(graph)}`);
  if (graph.model !== model) throw new Error(`${of}: the graph was unrolled from another model`);
  if (!graph.labels) throw new Error(`${of}: the graph was unrolled without a loss`);
}

/** @throws TypeError unless it is an object of options */
export function requireObject(name: string, value: unknown): void {
  if (!isRecord(value)) throw new TypeError(`${name} must be an object of options, not ${show(value)}`);
}

/** @throws TypeError unless these options of `unroll` have a loss */
export function requireLoss(of: string, { loss }: Partial<GraphOptions>): void {
  if (!loss) throw new TypeError(`${of}: unroll needs a loss: { steps, loss: 'softmaxCrossEntropy' }`);
}

/** @throws TypeError unless it is a signal, or null for none */
export function requireSignal(name: string, signal: unknown): void {
  if (signal !== null && !hasMembers(signal, 'aborted', 'throwIfAborted'))
    throw new TypeError(`${name} must be that of an AbortController, not ${show(signal)}`);
}
