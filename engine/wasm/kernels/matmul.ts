/** The matrix product on WebAssembly: checks shapes and addresses, then calls the module. */
import type { Arena } from '../platform/arena.js';
import { requireMatmulShapes } from '../../shapes.js';
import type { Tensor } from '../../tensor.js';

/** assembly/gemm.ts: pointers in bytes, strides in entries. */
type Gemm = (
  out: number,
  outRow: number,
  a: number,
  aRow: number,
  aColumn: number,
  b: number,
  bRow: number,
  bColumn: number,
  M: number,
  N: number,
  K: number,
  accumulate: boolean,
) => void;

export interface MatmulExports {
  gemm: Gemm;
  leave(): void;
}

/** `matmul` of the kernels, over tensors of this arena. */
export function matmulOn(arena: Arena, wasm: MatmulExports) {
  /** @throws RangeError when the shapes do not fit, or when neither rows nor columns of `out` are dense. */
  return function matmul(
    out: Tensor<Float32Array>,
    a: Tensor<Float32Array>,
    b: Tensor<Float32Array>,
    accumulate = false,
  ): void {
    requireMatmulShapes(out, a, b, accumulate);
    const [M, N] = out.shape as [number, number];
    const K = a.shape[1]!;
    const [outRow, outColumn] = out.stride as [number, number];
    const [aRow, aColumn] = a.stride as [number, number];
    const [bRow, bColumn] = b.stride as [number, number];

    const o = arena.address('matmul', out);
    const x = arena.address('matmul', a);
    const y = arena.address('matmul', b);

    if (outColumn === 1 || N === 1) {
      wasm.gemm(o, outRow, x, aRow, aColumn, y, bRow, bColumn, M, N, K, accumulate);
    } else if (outRow === 1 || M === 1) {
      // outᵀ = bᵀ aᵀ. Its rows are our columns, so it must not be recorded and partitioned by rows.
      wasm.leave();
      wasm.gemm(o, outColumn, y, bColumn, bRow, x, aColumn, aRow, N, M, K, accumulate);
    } else {
      throw new RangeError(`matmul: out has strides ${outRow} and ${outColumn}; one of them must be 1`);
    }
  };
}
