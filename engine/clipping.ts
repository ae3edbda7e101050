/**
 * Clipping, the remedy against exploding gradients (Pascanu, Mikolov and Bengio 2013, algorithm 1).
 * It changes the gradients in place, before the optimizer sees them: a running mean of squares that has seen the
 * unclipped gradient would undo the clipping.
 */
import type { Kernels } from './kernels.js';
import type { Parameters } from './parameters.js';
import type { Tensor } from './tensor.js';

/** Changes the gradients so that they obey a limit. */
export type Clip = (k: Kernels, parameters: Parameters) => void;

/** The gradient as one vector: if ‖g‖ > limit, g *= limit / ‖g‖. Its direction stays. */
export function clipByGlobalNorm(limit: number): Clip {
  return (k, { gradients }) => scaleToNorm(k, gradients, limit);
}

/** The same for each parameter tensor by itself. */
export function clipByNorm(limit: number): Clip {
  return (k, { list }) => list.forEach(({ gradient }) => scaleToNorm(k, gradient, limit));
}

/** Each entry by itself, into [-limit, limit]. The direction changes. */
export function clipByValue(limit: number): Clip {
  return (k, { gradients }) => k.clamp(gradients, limit);
}

function scaleToNorm(k: Kernels, gradient: Tensor, limit: number): void {
  const norm = Math.sqrt(k.sumOfSquares(gradient));
  if (norm > limit) k.scale(gradient, limit / norm);
}
