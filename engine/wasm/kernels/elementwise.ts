/** Elementwise kernels on WebAssembly: matrices row by row, a vector as one row. */
import type { Arena } from '../platform/arena.js';
import type { Kernels } from '../../kernels.js';
import { hasDenseRows, isDense, requireLimit, requireOperand, requireSameShape } from '../../shapes.js';
import { requireTensor, type Tensor } from '../../tensor.js';

/** assembly/elementwise.ts: M rows of N entries; pointers in bytes, strides in entries. */
export interface ElementwiseExports {
  fill(out: number, outStride: number, M: number, N: number, value: number): void;
  copy(out: number, outStride: number, x: number, xStride: number, M: number, N: number): void;
  add(out: number, outStride: number, x: number, xStride: number, M: number, N: number): void;
  multiply(
    out: number,
    outStride: number,
    x: number,
    xStride: number,
    y: number,
    yStride: number,
    M: number,
    N: number,
  ): void;
  scale(out: number, outStride: number, M: number, N: number, factor: number): void;
  clamp(out: number, outStride: number, M: number, N: number, limit: number): void;
  sumOfSquares(x: number, xStride: number, M: number, N: number): number;
  leave(): void;
}

type Elementwise = Pick<Kernels<Float32Array>, Exclude<keyof ElementwiseExports, 'leave'>>;

/**
 * Elementwise kernels over tensors of this arena.
 * @param plain the kernels for other views (transposes, every second entry ...)
 */
export function elementwiseOn(arena: Arena, wasm: ElementwiseExports, plain: Elementwise): Elementwise {
  function elsewhere(): Elementwise {
    wasm.leave();
    return plain;
  }

  /** A kernel of one tensor and a number. */
  const withNumber = (kernel: 'fill' | 'scale' | 'clamp') => (out: Tensor<Float32Array>, value: number) => {
    requireTensor(kernel, out);
    if (kernel === 'clamp') requireLimit(kernel, value);
    else requireOperand(kernel, value);
    const o = arena.address(kernel, out);
    const M = runsOf(out);
    if (M) wasm[kernel](o, out.stride[0]!, M, out.size / M, value);
    else elsewhere()[kernel](out, value);
  };

  /** A kernel of two tensors of one shape. */
  const withTensor = (kernel: 'copy' | 'add') => (out: Tensor<Float32Array>, x: Tensor<Float32Array>) => {
    requireSameShape(kernel, out, x);
    const o = arena.address(kernel, out);
    const i = arena.address(kernel, x);
    const M = runsOfBoth(out, x);
    if (M) wasm[kernel](o, out.stride[0]!, i, x.stride[0]!, M, out.size / M);
    else elsewhere()[kernel](out, x);
  };

  return {
    fill: withNumber('fill'),
    scale: withNumber('scale'),
    clamp: withNumber('clamp'),
    copy: withTensor('copy'),
    add: withTensor('add'),

    multiply(out, x, y) {
      requireSameShape('multiply', out, x);
      requireSameShape('multiply', out, y);
      const o = arena.address('multiply', out);
      const i = arena.address('multiply', x);
      const j = arena.address('multiply', y);
      const M = runsOfBoth(out, x) && runsOf(y);
      const strides = [out.stride[0]!, x.stride[0]!, y.stride[0]!] as const;
      if (M) wasm.multiply(o, strides[0], i, strides[1], j, strides[2], M, out.size / M);
      else elsewhere().multiply(out, x, y);
    },

    sumOfSquares(x) {
      requireTensor('sumOfSquares', x);
      const i = arena.address('sumOfSquares', x);
      const M = runsOf(x);
      return M ? wasm.sumOfSquares(i, x.stride[0]!, M, x.size / M) : elsewhere().sumOfSquares(x);
    },
  };
}

/**
 * The number of runs of adjacent entries: the rows of a matrix, 1 for a vector, 0 if entries are not
 * adjacent. A dense tensor of more dimensions counts as a matrix of many columns.
 */
function runsOf(t: Tensor): number {
  if (isDense(t)) return t.shape.length > 1 ? t.shape[0]! : 1;
  return t.shape.length === 2 && hasDenseRows(t) ? t.shape[0]! : 0;
}

/** The same for two tensors of one shape. */
function runsOfBoth(a: Tensor, b: Tensor): number {
  const n = runsOf(b);
  return n && runsOf(a);
}
