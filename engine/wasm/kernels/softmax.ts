/** Softmax on WebAssembly. Matrices may have any row stride but dense rows. */
import type { Arena } from '../platform/arena.js';
import type { Kernels } from '../../kernels.js';
import { requireDenseRows, requireSameShape, requireTemperature } from '../../shapes.js';
import { requireMatrix } from '../../tensor.js';

/** assembly/softmax.ts: pointers in bytes, strides in entries. */
export interface SoftmaxExports {
  softmax(
    out: number,
    outStride: number,
    x: number,
    xStride: number,
    M: number,
    N: number,
    temperature: number,
  ): void;
}

/** `softmax` over tensors of this arena. */
export function softmaxOn(arena: Arena, wasm: SoftmaxExports): Kernels<Float32Array>['softmax'] {
  return (out, x, temperature = 1) => {
    requireMatrix('softmax', x);
    requireSameShape('softmax', out, x);
    requireDenseRows('softmax', out, x);
    requireTemperature('softmax', temperature);
    const o = arena.address('softmax', out);
    const i = arena.address('softmax', x);
    wasm.softmax(o, out.stride[0]!, i, x.stride[0]!, x.shape[0]!, x.shape[1]!, temperature);
  };
}
