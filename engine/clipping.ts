/**
 * Gradient clipping, against exploding gradients (Pascanu, Mikolov and Bengio 2013, algorithm 1).
 * It works in place and before the optimizer: a running mean of squares that includes the unclipped gradient
 * would undo the clipping.
 */
import type { Kernels } from './kernels.js';
import type { Parameters } from './parameters.js';
import type { Tensor } from './tensor.js';

/** Limits the gradients, in place. */
export type Clip = (k: Kernels, parameters: Parameters) => void;

/** Treats all gradients as one vector: if ‖g‖ > limit, g *= limit / ‖g‖. Keeps its direction. */
export function clipByGlobalNorm(limit: number): Clip {
  return (k, { gradients }) => scaleToNorm(k, gradients, limit);
}

/** The same for each parameter tensor separately. */
export function clipByNorm(limit: number): Clip {
  return (k, { list }) => list.forEach(({ gradient }) => scaleToNorm(k, gradient, limit));
}

/** Clamps each entry to [-limit, limit]. This changes the direction. */
export function clipByValue(limit: number): Clip {
  return (k, { gradients }) => k.clamp(gradients, limit);
}

function scaleToNorm(k: Kernels, gradient: Tensor, limit: number): void {
  const norm = Math.sqrt(k.sumOfSquares(gradient));
  if (norm > limit) k.scale(gradient, limit / norm);
}
