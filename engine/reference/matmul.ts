/**
 * The matrix product in plain loops, and the specification of every faster one.
 * Sums run over k in rising order and are kept in the tensor's own precision by the stores into `out`.
 */
import type { FloatArray, Tensor } from '../tensor.js';
import { requireMatmulShapes } from '../shapes.js';

/** out [M,N] = a [M,K] · b [K,N], or += with `accumulate`. NN, NT and TN differ in their strides alone. */
export function matmul<A extends FloatArray>(
  out: Tensor<A>,
  a: Tensor<A>,
  b: Tensor<A>,
  accumulate = false,
): void {
  requireMatmulShapes(out, a, b);
  const [M, N] = out.shape as [number, number];
  const K = a.shape[1]!;
  const [outRow, outColumn] = out.stride as [number, number];
  const [aRow, aColumn] = a.stride as [number, number];
  const [bRow, bColumn] = b.stride as [number, number];

  for (let m = 0; m < M; m++) {
    const o = out.offset + m * outRow;
    if (!accumulate) for (let n = 0; n < N; n++) out.data[o + n * outColumn] = 0;
    // k outside n: b is then read along its rows, which is how it lies in memory.
    for (let k = 0; k < K; k++) {
      const amk = a.data[a.offset + m * aRow + k * aColumn]!;
      const bk = b.offset + k * bRow;
      for (let n = 0; n < N; n++) out.data[o + n * outColumn]! += amk * b.data[bk + n * bColumn]!;
    }
  }
}
