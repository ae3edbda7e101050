/** The losses on WebAssembly, over dense matrices. */
import type { Arena } from '../platform/arena.js';
import type { Kernels } from '../../kernels.js';
import {
  requireDense,
  requireIndex,
  requireLabels,
  requireLossShapes,
  requireSameShape,
} from '../../shapes.js';
import type { Tensor } from '../../tensor.js';

type Loss = (losses: number, dx: number, x: number, y: number, weights: number, M: number, N: number) => void;

/** assembly/losses.ts: pointers in bytes; 0 for no dx or no weights. */
export interface LossesExports {
  softmaxCrossEntropy(
    losses: number,
    dx: number,
    x: number,
    labels: number,
    labelsStride: number,
    weights: number,
    M: number,
    V: number,
  ): void;
  /** Before a loss: the weights of all its rows. */
  weighRows(weights: number, M: number): void;
  findNoClass(labels: number, labelsStride: number, weights: number, M: number, V: number): number;
  binaryCrossEntropy: Loss;
  meanSquaredError: Loss;
  sumOfLosses(losses: number, M: number): number;
}

type LossKernels = Pick<
  Kernels<Float32Array>,
  'softmaxCrossEntropy' | 'binaryCrossEntropy' | 'meanSquaredError'
>;

/** The losses over tensors of this arena. */
export function lossesOn(arena: Arena, wasm: LossesExports): LossKernels {
  /** The address of a dense tensor, or 0 if there is none. */
  function addressOf(kernel: string, t: Tensor<Float32Array> | null | undefined): number {
    if (!t) return 0;
    requireDense(t);
    return arena.address(kernel, t);
  }

  // A float64 per row, sized for the largest batch so far.
  let room = 0;
  let losses = 0;
  function lossesOf(M: number): number {
    if (M > room) losses = arena.reserveForGood(8 * (room = Math.max(M, 2 * room)));
    return losses;
  }

  /** A loss whose target is a matrix like x. */
  function elementwise(kernel: 'binaryCrossEntropy' | 'meanSquaredError'): LossKernels['meanSquaredError'] {
    return (dx, x, y, weights) => {
      requireLossShapes(kernel, dx, x, weights);
      requireSameShape(kernel, x, y);
      const d = addressOf(kernel, dx);
      const w = addressOf(kernel, weights);
      const i = addressOf(kernel, x);
      const t = addressOf(kernel, y);
      const M = x.shape[0]!;
      const each = lossesOf(M);
      wasm.weighRows(w, M);
      wasm[kernel](each, d, i, t, w, M, x.shape[1]!);
      return wasm.sumOfLosses(each, M);
    };
  }

  return {
    softmaxCrossEntropy(dx, x, labels, weights) {
      const kernel = 'softmaxCrossEntropy';
      requireLossShapes(kernel, dx, x, weights);
      requireLabels(kernel, x, labels);
      const d = addressOf(kernel, dx);
      const i = addressOf(kernel, x);
      const l = arena.address(kernel, labels);
      const w = addressOf(kernel, weights);
      const M = x.shape[0]!;
      const V = x.shape[1]!;
      const next = labels.stride[0]!;

      const failed = wasm.findNoClass(l, next, w, M, V);
      if (failed >= 0) requireIndex(kernel, labels.data[labels.offset + failed * next]!, V);
      const each = lossesOf(M);
      wasm.weighRows(w, M);
      wasm.softmaxCrossEntropy(each, d, i, l, next, w, M, V);
      return wasm.sumOfLosses(each, M);
    },

    binaryCrossEntropy: elementwise('binaryCrossEntropy'),
    meanSquaredError: elementwise('meanSquaredError'),
  };
}
