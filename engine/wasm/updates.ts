/** The optimizers' steps on WebAssembly, over flat arrays. */
import type { Arena } from '../arena.js';
import type { Kernels } from '../kernels.js';
import { requireDense, requireSameShape } from '../shapes.js';
import type { Tensor } from '../tensor.js';

/** assembly/updates.ts: pointers in bytes to N entries each. */
export interface UpdatesExports {
  sgd(w: number, g: number, v: number, N: number, rate: number, momentum: number): void;
  rmsprop(w: number, g: number, s: number, N: number, rate: number, rho: number, epsilon: number): void;
  adam(
    w: number,
    g: number,
    m: number,
    v: number,
    N: number,
    rate: number,
    beta1: number,
    beta2: number,
    epsilon: number,
  ): void;
}

/** These kernels over tensors of this arena. */
export function updatesOn(
  arena: Arena,
  wasm: UpdatesExports,
): Pick<Kernels<Float32Array>, keyof UpdatesExports> {
  /** The address of a dense tensor in the shape of w. */
  function addressOf(kernel: string, w: Tensor<Float32Array>, t: Tensor<Float32Array>): number {
    requireSameShape(kernel, w, t);
    requireDense(t);
    return arena.address(kernel, t);
  }

  return {
    sgd(w, g, v, rate, momentum) {
      const p = addressOf('sgd', w, w);
      wasm.sgd(p, addressOf('sgd', w, g), addressOf('sgd', w, v), w.size, rate, momentum);
    },

    rmsprop(w, g, s, rate, rho, epsilon) {
      const p = addressOf('rmsprop', w, w);
      wasm.rmsprop(p, addressOf('rmsprop', w, g), addressOf('rmsprop', w, s), w.size, rate, rho, epsilon);
    },

    adam(w, g, m, v, rate, beta1, beta2, epsilon) {
      const p = addressOf('adam', w, w);
      const gradient = addressOf('adam', w, g);
      const first = addressOf('adam', w, m);
      const second = addressOf('adam', w, v);
      wasm.adam(p, gradient, first, second, w.size, rate, beta1, beta2, epsilon);
    },
  };
}
