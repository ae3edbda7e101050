/**
 * Checks for NaN and infinity: training stops with an error that names the data where they are to blame, and
 * otherwise the tensor in which they were first seen.
 */
import { InputError, type Kernels, type Tensor } from '../../engine/index.js';
import type { Graph } from '../graph/graph.js';
import { invalidData } from '../graph/invalidData.js';
import type { Model } from '../graph/model.js';

/** @param what what is wrong, and at which step */
function diverged(what: string): InputError {
  return new InputError(`${what}: clip the gradient by its norm (to 5, or 1) or lower the learning rate`);
}

/** @throws InputError when the loss of a forward pass is NaN or infinite, or no row has a weight */
export function requireFiniteLoss(graph: Graph, loss: number, step: number): void {
  if (loss === 0 && graph.weight() === 0)
    throw new InputError(`all rows of the batch have weight 0 at step ${step}: leave such examples out`);
  if (!Number.isFinite(loss)) throw lossNotFinite(graph, `the loss is ${loss} at step ${step}`);
}

/** The error of a loss that is NaN or infinite. */
export function lossNotFinite(graph: Graph, what: string): InputError {
  const { kernels, parameters } = graph.model;
  const tensors = [
    ...parameters.list.map(({ name, value }) => [name, value] as const),
    ...graph.nodes.flatMap((node) =>
      Object.entries(node.writes).map(([name, value]) => [`${node.name}.${name}`, value] as const),
    ),
  ];
  const first = tensors.find(([, value]) => !allFinite(kernels, value))?.[0] ?? 'the last layer';
  return blame(graph, what, `, first seen in ${first}`);
}

/** @throws InputError when the gradient of a parameter is NaN or infinite */
export function requireFiniteGradients(graph: Graph, step: number): void {
  const { kernels, parameters } = graph.model;
  if (allFinite(kernels, parameters.gradients)) return;
  const broken = parameters.list.find(({ gradient }) => !allFinite(kernels, gradient));
  throw blame(graph, `the gradient of ${broken?.name ?? 'all parameters'} is not finite at step ${step}`);
}

/**
 * @throws InputError when a parameter is NaN or infinite, as an update can leave it after a finite gradient
 */
export function requireFiniteParameters({ kernels, parameters }: Model, when: string): void {
  if (allFinite(kernels, parameters.values)) return;
  const broken = parameters.list.find(({ value }) => !allFinite(kernels, value));
  throw diverged(`${broken?.name ?? 'the model'} is not finite ${when}`);
}

/** The data of a graph cause what is wrong, if they are not all numbers; otherwise training has diverged. */
function blame(graph: Graph, what: string, where = ''): InputError {
  const data = invalidData(graph);
  return data ? new InputError(`${what}, because of ${data}`) : diverged(what + where);
}

/** Whether all entries are finite: squares of float32 values cannot overflow a float64 sum. */
const allFinite = (k: Kernels, t: Tensor) => Number.isFinite(k.sumOfSquares(t));
