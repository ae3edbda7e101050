/** The last node of a graph that learns: how far its output is from what is wanted. */
import type { Indices, Kernels, Tensor } from '../../engine/index.js';
import type { LossName } from './graph.js';
import type { GraphNode, Signal } from '../layers/layer.js';

/** A loss in a graph. */
export interface LossNode {
  readonly node: GraphNode;
  /** Classes or targets, written by the caller. */
  readonly labels: Indices | Tensor;
  /** What the last forward pass has found. */
  readonly value: () => number;
}

/** The loss is computed together with its derivative, so its backward has nothing left to do. */
export function createLossNode(
  k: Kernels,
  loss: LossName,
  { value, gradient }: Signal,
  weights: Tensor | null,
): LossNode {
  const x = value as Tensor;
  const labels = loss === 'softmaxCrossEntropy' ? k.indices(x.shape[0]!) : k.zeros(...x.shape);
  let result = NaN;
  const node: GraphNode = {
    name: loss,
    time: null,
    reads: { x, labels },
    writes: {},
    saved: gradient ? { dx: gradient } : {},
    scratch: { labels },
    parameters: [],
    forward() {
      result =
        loss === 'softmaxCrossEntropy'
          ? k[loss](gradient, x, labels as Indices, weights ?? undefined)
          : k[loss](gradient, x, labels as Tensor, weights ?? undefined);
    },
    backward() {},
  };
  return { node, labels, value: () => result };
}
