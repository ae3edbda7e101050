/** The optimizers' steps on WebAssembly, over flat arrays. */
import type { Arena } from '../platform/arena.js';
import type { Kernels } from '../../kernels.js';
import { requireFlag } from '../../checks.js';
import { requireConstant, requireDense, requireSameShape } from '../../shapes.js';
import type { Tensor } from '../../tensor.js';
import type { ParallelFor } from '../threads/parallelFor.js';

/** The optimizers' steps over tensors of this arena. */
export function updatesOn(
  arena: Arena,
  wasm: { leave(): void },
  parallelFor: ParallelFor,
): Pick<Kernels<Float32Array>, 'decay' | 'sgd' | 'rmsprop' | 'adagrad' | 'adam'> {
  /** The address of a dense tensor in the shape of w. */
  function addressOf(kernel: string, w: Tensor<Float32Array>, t: Tensor<Float32Array>): number {
    wasm.leave();
    requireSameShape(kernel, w, t);
    requireDense(t);
    return arena.address(kernel, t);
  }

  return {
    decay(w, fraction) {
      requireConstant('decay', 'fraction', fraction);
      parallelFor('decay', [addressOf('decay', w, w)], w.size, [fraction]);
    },

    sgd(w, g, v, rate, momentum, nesterov = false) {
      requireConstant('sgd', 'rate', rate);
      requireConstant('sgd', 'momentum', momentum);
      requireFlag('sgd: nesterov', nesterov);
      const p = addressOf('sgd', w, w);
      const pointers = [p, addressOf('sgd', w, g), addressOf('sgd', w, v)];
      parallelFor(nesterov ? 'nesterov' : 'sgd', pointers, w.size, [rate, momentum]);
    },

    rmsprop(w, g, s, rate, rho, inside, outside = 0) {
      requireConstant('rmsprop', 'rate', rate);
      requireConstant('rmsprop', 'rho', rho);
      requireConstant('rmsprop', 'inside', inside);
      requireConstant('rmsprop', 'outside', outside);
      const p = addressOf('rmsprop', w, w);
      const pointers = [p, addressOf('rmsprop', w, g), addressOf('rmsprop', w, s)];
      parallelFor('rmsprop', pointers, w.size, [rate, rho, inside, outside]);
    },

    adagrad(w, g, s, rate, inside, outside = 0) {
      requireConstant('adagrad', 'rate', rate);
      requireConstant('adagrad', 'inside', inside);
      requireConstant('adagrad', 'outside', outside);
      const p = addressOf('adagrad', w, w);
      const pointers = [p, addressOf('adagrad', w, g), addressOf('adagrad', w, s)];
      parallelFor('adagrad', pointers, w.size, [rate, inside, outside]);
    },

    adam(w, g, m, v, rate, beta1, beta2, epsilon) {
      requireConstant('adam', 'rate', rate);
      requireConstant('adam', 'beta1', beta1);
      requireConstant('adam', 'beta2', beta2);
      requireConstant('adam', 'epsilon', epsilon);
      const p = addressOf('adam', w, w);
      const gradient = addressOf('adam', w, g);
      const first = addressOf('adam', w, m);
      const second = addressOf('adam', w, v);
      parallelFor('adam', [p, gradient, first, second], w.size, [rate, beta1, beta2, epsilon]);
    },
  };
}
