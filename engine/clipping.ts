/**
 * Gradient clipping, against exploding gradients (Pascanu, Mikolov and Bengio 2013, algorithm 1).
 * It works in place and before the optimizer: a running mean of squares that includes the unclipped gradient
 * would undo the clipping.
 */
import { hasMembers, requireKernels, requireNumber, show } from './checks.js';
import type { Kernels } from './kernels.js';
import type { Parameters } from './parameters.js';
import type { Tensor } from './tensor.js';

/** Limits the gradients, in place. */
export type Clip = (k: Kernels, parameters: Parameters) => void;

/**
 * Treats all gradients as one vector: if ‖g‖ > limit, g *= limit / ‖g‖. Keeps its direction.
 * (Keras: global_clipnorm; PyTorch: clip_grad_norm_, which divides by ‖g‖ + 1e-6.)
 * @throws RangeError unless the limit is above 0
 */
export function clipByGlobalNorm(limit: number): Clip {
  requireLimit('clipByGlobalNorm', limit);
  return clip('clipByGlobalNorm', (k, { gradients }) => scaleToNorm(k, gradients, limit));
}

/**
 * The same for each parameter tensor separately. (Keras: clipnorm. Its GRU has both biases in one tensor, our
 * gruResetAfter has two.)
 * @throws RangeError unless the limit is above 0
 */
export function clipByNorm(limit: number): Clip {
  requireLimit('clipByNorm', limit);
  return clip('clipByNorm', (k, { list }) => {
    for (const { gradient } of list) scaleToNorm(k, gradient, limit);
  });
}

/**
 * Clamps each entry to [-limit, limit]. This changes the direction. (Keras: clipvalue; PyTorch:
 * clip_grad_value_.)
 * @throws RangeError unless the limit is above 0
 */
export function clipByValue(limit: number): Clip {
  requireLimit('clipByValue', limit);
  return clip('clipByValue', (k, { gradients }) => k.clamp(gradients, limit));
}

/** The same, which checks that it is given kernels and parameters. */
const clip =
  (of: string, run: Clip): Clip =>
  (k, parameters) => {
    requireKernels(of, k);
    if (!hasMembers(parameters, 'gradients', 'list'))
      throw new TypeError(`${of}: parameters must be those of a model, not ${show(parameters)}`);
    run(k, parameters);
  };

function requireLimit(of: string, limit: number): void {
  requireNumber(`${of}: the limit`, limit, { above: 0 });
}

function scaleToNorm(k: Kernels, gradient: Tensor, limit: number): void {
  const norm = Math.sqrt(k.sumOfSquares(gradient));
  if (norm > limit) k.scale(gradient, limit / norm);
}
