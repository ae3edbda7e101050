/** One training step, each of its parts a visible line. */
import { InputError, type Clip, type Kernels, type Optimizer, type Tensor } from '../engine/index.js';
import type { Model } from './model.js';
import type { Graph } from './unroll.js';

export interface Trainer {
  readonly model: Model;
  readonly optimizer: Optimizer;
  /** The optimizer's arrays, by name. */
  readonly memory: Readonly<Record<string, Tensor>>;
  /** Steps taken so far; a checkpoint restores it. */
  steps: number;
  /**
   * Trains on what is in the graph's input and labels.
   * @returns the loss before the step
   * @throws InputError when the loss or a gradient is NaN or infinite; the parameters are then as before the step
   */
  step(graph: Graph): number;
}

/** Puts a model and an optimizer together. Clipping happens before the optimizer sees the gradient. */
export function createTrainer(model: Model, optimizer: Optimizer, clip: Clip | null = null): Trainer {
  const { kernels: k, parameters } = model;
  const memory = optimizer.memory.map(() => k.zeros(parameters.values.size));

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

const HINT = 'clip the gradient by its norm (to 5, or 1) or lower the learning rate';

function requireFiniteLoss(graph: Graph, loss: number, step: number): void {
  if (Number.isFinite(loss)) return;
  const { kernels, parameters } = graph.model;
  const tensors = [
    ...parameters.list.map(({ name, value }) => [name, value] as const),
    ...graph.nodes.flatMap((node) =>
      Object.entries(node.writes).map(([name, value]) => [`${node.name}.${name}`, value] as const),
    ),
  ];
  const first = tensors.find(([, value]) => !allFinite(kernels, value))?.[0] ?? 'the last layer';
  throw new InputError(`the loss is ${loss} at step ${step}, first seen in ${first}: ${HINT}`);
}

function requireFiniteGradients({ kernels, parameters }: Model, step: number): void {
  if (allFinite(kernels, parameters.gradients)) return;
  const broken = parameters.list.find(({ gradient }) => !allFinite(kernels, gradient));
  throw new InputError(
    `the gradient of ${broken?.name ?? 'all parameters'} is not finite at step ${step}: ${HINT}`,
  );
}

/** Whether all entries are numbers: squares of float32 cannot overflow in a float64 sum. */
const allFinite = (k: Kernels, t: Tensor) => Number.isFinite(k.sumOfSquares(t));
