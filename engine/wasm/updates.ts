/** The optimizers' steps on WebAssembly, over flat arrays. */
import type { Arena } from '../arena.js';
import type { Kernels } from '../kernels.js';
import { requireDense, requireSameShape } from '../shapes.js';
import type { Tensor } from '../tensor.js';
import type { ParallelFor } from './parallelFor.js';

/** The optimizers' steps over tensors of this arena. */
export function updatesOn(
  arena: Arena,
  wasm: { leave(): void },
  parallelFor: ParallelFor,
): Pick<Kernels<Float32Array>, 'sgd' | 'rmsprop' | 'adam'> {
  /** The address of a dense tensor in the shape of w. */
  function addressOf(kernel: string, w: Tensor<Float32Array>, t: Tensor<Float32Array>): number {
    wasm.leave();
    requireSameShape(kernel, w, t);
    requireDense(t);
    return arena.address(kernel, t);
  }

  return {
    sgd(w, g, v, rate, momentum) {
      const p = addressOf('sgd', w, w);
      parallelFor('sgd', [p, addressOf('sgd', w, g), addressOf('sgd', w, v)], w.size, [rate, momentum]);
    },

    rmsprop(w, g, s, rate, rho, epsilon) {
      const p = addressOf('rmsprop', w, w);
      const gradient = addressOf('rmsprop', w, g);
      parallelFor('rmsprop', [p, gradient, addressOf('rmsprop', w, s)], w.size, [rate, rho, epsilon]);
    },

    adam(w, g, m, v, rate, beta1, beta2, epsilon) {
      const p = addressOf('adam', w, w);
      const gradient = addressOf('adam', w, g);
      const first = addressOf('adam', w, m);
      const second = addressOf('adam', w, v);
      parallelFor('adam', [p, gradient, first, second], w.size, [rate, beta1, beta2, epsilon]);
    },
  };
}
