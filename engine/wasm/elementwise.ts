/** Element by element on WebAssembly. Dense tensors go as one long row; windows on wider matrices row by row. */
import type { Arena } from '../arena.js';
import type { Kernels } from '../kernels.js';
import { hasDenseRows, isDense, requireSameShape } from '../shapes.js';
import type { Tensor } from '../tensor.js';

/** assembly/elementwise.ts: M rows of N entries; pointers in bytes, strides in entries. */
export interface ElementwiseExports {
  fill(out: number, outStride: number, M: number, N: number, value: number): void;
  copy(out: number, outStride: number, x: number, xStride: number, M: number, N: number): void;
  add(out: number, outStride: number, x: number, xStride: number, M: number, N: number): void;
  scale(out: number, outStride: number, M: number, N: number, factor: number): void;
  clamp(out: number, outStride: number, M: number, N: number, limit: number): void;
  sumOfSquares(x: number, xStride: number, M: number, N: number): number;
}

type Elementwise = Pick<Kernels<Float32Array>, keyof ElementwiseExports>;

/**
 * These kernels over tensors of this arena.
 * @param plain the kernels for the other views (transposes, every second entry ...)
 */
export function elementwiseOn(arena: Arena, wasm: ElementwiseExports, plain: Elementwise): Elementwise {
  return {
    fill(out, value) {
      const o = arena.address('fill', out);
      const M = runsOf(out);
      if (M) wasm.fill(o, out.stride[0]!, M, out.size / M, value);
      else plain.fill(out, value);
    },

    copy(out, x) {
      requireSameShape('copy', out, x);
      const o = arena.address('copy', out);
      const i = arena.address('copy', x);
      const M = runsOfBoth(out, x);
      if (M) wasm.copy(o, out.stride[0]!, i, x.stride[0]!, M, out.size / M);
      else plain.copy(out, x);
    },

    add(out, x) {
      requireSameShape('add', out, x);
      const o = arena.address('add', out);
      const i = arena.address('add', x);
      const M = runsOfBoth(out, x);
      if (M) wasm.add(o, out.stride[0]!, i, x.stride[0]!, M, out.size / M);
      else plain.add(out, x);
    },

    scale(out, factor) {
      const o = arena.address('scale', out);
      const M = runsOf(out);
      if (M) wasm.scale(o, out.stride[0]!, M, out.size / M, factor);
      else plain.scale(out, factor);
    },

    clamp(out, limit) {
      const o = arena.address('clamp', out);
      const M = runsOf(out);
      if (M) wasm.clamp(o, out.stride[0]!, M, out.size / M, limit);
      else plain.clamp(out, limit);
    },

    sumOfSquares(x) {
      const i = arena.address('sumOfSquares', x);
      const M = runsOf(x);
      return M ? wasm.sumOfSquares(i, x.stride[0]!, M, x.size / M) : plain.sumOfSquares(x);
    },
  };
}

/** The number of runs of entries that lie side by side: 1 of a dense tensor, the rows of a matrix, else 0. */
function runsOf(t: Tensor): number {
  if (isDense(t)) return 1;
  return t.shape.length === 2 && hasDenseRows(t) ? t.shape[0]! : 0;
}

/** The same for two tensors of one shape, of which one may be dense and the other not. */
function runsOfBoth(a: Tensor, b: Tensor): number {
  const m = runsOf(a);
  const n = runsOf(b);
  return m === 0 || n === 0 ? 0 : m > n ? m : n;
}
