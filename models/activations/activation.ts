/** An activation: a value with a name, and its arithmetic. */
import type { Kernels, Tensor } from '../../engine/index.js';

/**
 * The activation of a layer, y = f(z). Its derivative is computed from its output alone, so z is not kept. All
 * tensors are dense, [M,N].
 */
export interface Activation {
  readonly name: string;
  /** Whether its outputs are probabilities; losses that take logits refuse them. Default false. */
  readonly isProbability?: boolean;
  /** y = f(y), in place: y holds z when it is called. */
  readonly forward: (k: Kernels, y: Tensor) => void;
  /** dz = dy ∂y/∂z, from the output y. */
  readonly backward: (k: Kernels, dz: Tensor, dy: Tensor, y: Tensor) => void;
}
