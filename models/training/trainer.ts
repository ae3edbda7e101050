/** One training step, one line for each of its parts. */
import type { Clip, Optimizer, Tensor } from '../../engine/index.js';
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
  /**
   * Trains on the contents of the graph's input and labels.
   * @returns the loss before the step
   * @throws InputError when the loss or a gradient is NaN or infinite; the parameters are then unchanged
   */
  step(graph: Graph): number;
}

/**
 * Combines a model and an optimizer.
 * @param clip changes the gradients before the optimizer sees them. Default null: they stay as they are
 */
export function createTrainer(model: Model, optimizer: Optimizer, clip: Clip | null = null): Trainer {
  const { kernels: k, parameters } = model;
  const memory = model.memory.run(() => optimizer.memory.map(() => k.zeros(parameters.values.size)));

  const trainer: Trainer = {
    model,
    optimizer,
    memory: Object.fromEntries(optimizer.memory.map((name, n) => [name, memory[n]!])),
    steps: 0,

    step(graph) {
      k.fill(parameters.gradients, 0);
      const loss = graph.forward();
      requireFiniteLoss(graph, loss, trainer.steps + 1);
      graph.backward();
      requireFiniteGradients(model, trainer.steps + 1);
      clip?.(k, parameters);
      trainer.steps++;
      optimizer.update(k, parameters.values, parameters.gradients, memory, trainer.steps);
      return loss;
    },
  };
  return trainer;
}
