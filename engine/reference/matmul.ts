/**
 * The matrix product in plain loops, the specification of every faster one.
 * Sums run over k in rising order; storing them in `out` rounds them to the tensor's precision.
 */
import type { FloatArray, Tensor } from '../tensor.js';
import { requireMatmulShapes } from '../shapes.js';

/** out [M,N] = a [M,K] · b [K,N], or += with `accumulate`. NN, NT and TN differ only in their strides. */
export function matmul<A extends FloatArray>(
  out: Tensor<A>,
  a: Tensor<A>,
  b: Tensor<A>,
  accumulate = false,
): void {
  requireMatmulShapes(out, a, b, accumulate);
  const [M, N] = out.shape as [number, number];
  const K = a.shape[1]!;
  const [outRow, outColumn] = out.stride as [number, number];
  const [aRow, aColumn] = a.stride as [number, number];
  const [bRow, bColumn] = b.stride as [number, number];

  for (let m = 0; m < M; m++) {
    const o = out.offset + m * outRow;
    if (!accumulate) for (let n = 0; n < N; n++) out.data[o + n * outColumn] = 0;
    // The loop over k is the outer one, so b is read along its rows, in memory order.
    for (let k = 0; k < K; k++) {
      const amk = a.data[a.offset + m * aRow + k * aColumn]!;
      const bk = b.offset + k * bRow;
      for (let n = 0; n < N; n++) out.data[o + n * outColumn]! += amk * b.data[bk + n * bColumn]!;
    }
  }
}
