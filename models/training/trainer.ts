/** One training step, one line for each of its parts. */
import { requireFunction, show } from '../../engine/checks.js';
import type { Clip, FloatArray, Optimizer, Tensor } from '../../engine/index.js';
import { requireModel } from '../graph/checks.js';
import { requireGraph } from './checks.js';
import { requireFiniteGradients, requireFiniteLoss } from './finite.js';
import type { Model } from '../graph/model.js';
import type { Graph } from '../graph/graph.js';

/** A model and its optimizer. */
export interface Trainer {
  readonly model: Model;
  readonly optimizer: Optimizer;
  /** The optimizer's arrays, by name. */
  readonly memory: Readonly<Record<string, Tensor>>;
  /** Steps taken so far; a checkpoint restores it. */
  steps: number;
  /** The best parameters so far, where early stopping keeps them; null: none. A checkpoint restores them. */
  best: FloatArray | null;
  /**
   * Trains on the contents of the graph's input and labels. Several graphs are one batch, whose gradient
   * accumulates; they may be one graph that is filled anew when the next is asked for.
   * @returns the loss before the step
   * @throws InputError when the loss or a gradient is NaN or infinite, or all weights are 0; the parameters are
   * then unchanged. Error when the graph has no loss or is of another model
   */
  step(graphs: Graph | Iterable<Graph>): number;
}

/**
 * Combines a model and an optimizer.
 * @param clip changes the gradients before the optimizer sees them. Default null: they stay as they are
 * @throws TypeError when one of them is something else
 */
export function createTrainer(model: Model, optimizer: Optimizer, clip: Clip | null = null): Trainer {
  requireModel('createTrainer', model);
  if (typeof optimizer?.update !== 'function')
    throw new TypeError(`createTrainer takes an optimizer, such as adam(), not ${show(optimizer)}`);
  if (clip !== null) requireFunction('createTrainer: clip', clip);
  const { kernels: k, parameters } = model;
  const memory = model.memory.run(() => optimizer.memory.map(() => k.zeros(parameters.values.size)));

  const trainer: Trainer = {
    model,
    optimizer,
    memory: Object.fromEntries(optimizer.memory.map((name, n) => [name, memory[n]!])),
    steps: 0,
    best: null,

    step(graphs) {
      k.fill(parameters.gradients, 0);
      const loss = bothPasses(model, isIterable(graphs) ? graphs : [graphs], trainer.steps + 1);
      clip?.(k, parameters);
      // A schedule may throw: a step that was not taken does not count.
      optimizer.update(k, parameters.values, parameters.gradients, memory, trainer.steps + 1);
      trainer.steps++;
      return loss;
    },
  };
  return trainer;
}

/**
 * The mean loss over the rows of all batches i, whose weights are w_i, and its gradient:
 *
 *   L = Σ w_i L_i / Σ w_i        dL = Σ w_i dL_i / Σ w_i
 *
 * A backward pass adds dL_i, so the gradients are kept divided by the weight of the latest batch.
 */
function bothPasses(model: Model, graphs: Iterable<Graph>, step: number): number {
  const { gradients } = model.parameters;
  const scale = (factor: number) => factor !== 1 && model.kernels.scale(gradients, factor);
  let [mean, total, last] = [0, 0, 0];
  for (const graph of graphs) {
    requireGraph('step', graph, model);
    const loss = graph.forward();
    requireFiniteLoss(graph, loss, step);
    const weight = graph.weight();
    if (total > 0) scale(last / weight);
    graph.backward();
    requireFiniteGradients(graph, step);
    total += weight;
    mean += (loss - mean) * (weight / total);
    last = weight;
  }
  if (total === 0) throw new RangeError('step: there are no graphs');
  scale(last / total);
  return mean;
}

const isIterable = (graphs: Graph | Iterable<Graph>): graphs is Iterable<Graph> =>
  typeof (graphs as Partial<Iterable<Graph>> | null)?.[Symbol.iterator] === 'function';
