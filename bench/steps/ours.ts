/** Training steps in this library. */
import type { Kernels } from '../../engine/index.js';
import { adam, createTrainer, rmsprop, unroll, type CellName } from '../../models/index.js';
import type { KernelSet } from '../kernelSets.js';
import { prepareRunner, type Candidate } from './entry.js';
import { buildModel } from './model.js';
import type { Task } from './task.js';

export const ours = ({ id, name, kernels }: KernelSet): Candidate => ({
  id,
  name,
  threads: kernels.threads,
  enter: (task) => prepareRunner({ id, name, run: build(kernels, task).run }),
});

/**
 * `run` trains on the task's batch again, and returns the loss before the step.
 * @param cell replaces the cells of the model
 */
export function build(kernels: Kernels, { spec, input, labels }: Task, cell?: CellName) {
  const model = buildModel(kernels, spec, cell);
  const graph = unroll(model, { batch: spec.batch, steps: spec.steps, loss: spec.loss });
  graph.input.data.set(input.data);
  graph.labels.data.set(labels.data);
  const trainer = createTrainer(model, { adam, rmsprop }[spec.optimizer]());
  return { model, run: () => trainer.step(graph) };
}
