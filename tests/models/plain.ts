/** Cells and layers with plain loops over their data instead of kernel calls, as a first version would be. */
import type { Cell } from '../../cells/index.js';
import { referenceKernels, type Kernels } from '../../engine/index.js';
import type { GraphNode, Layer } from '../../models/index.js';

const loops = referenceKernels(Float32Array);
const loops64 = referenceKernels(Float64Array);

/** Loops over the tensors of these kernels. */
function loopsOver(k: Kernels): Kernels {
  const plain = (k.zeros(1).data instanceof Float64Array ? loops64 : loops) as Kernels;
  return { ...plain, zeros: (...shape) => k.zeros(...shape), indices: (...shape) => k.indices(...shape) };
}

/** The same cell, whose passes are loops. */
export function plainCell<C extends Cell>(cell: C): C {
  return {
    ...cell,
    forward: (k, p, step) => cell.forward(loopsOver(k), p, step),
    backward: (k, p, step, gradients) => cell.backward(loopsOver(k), p, step, gradients),
    accumulate: (k, dp, all, gradients) => cell.accumulate(loopsOver(k), dp, all, gradients),
  };
}

/** The same layer, whose passes are loops. */
export function plainLayer(layer: Layer): Layer {
  return {
    ...layer,
    unroll(context) {
      const unrolled = layer.unroll({ ...context, k: loopsOver(context.k) });
      return { ...unrolled, nodes: unrolled.nodes.map(plainNode) };
    },
  };
}

/** New functions without any declaration. */
function plainNode(node: GraphNode): GraphNode {
  return {
    ...node,
    forward: () => node.forward(),
    backward: () => node.backward(),
    accumulate: () => node.accumulate?.(),
  };
}
