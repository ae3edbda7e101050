/** The loops around `normalize`: a scale and a shift for each column. Labels are equations of docs/bptt.md, section 2.5. */
import type { Tensor } from './tensor.js';

/** X3: y [M,N] = γ [N] * x̂ [M,N] + β [N] */
export function scaleForward(
  { data: y, shape }: Tensor,
  { data: xHat }: Tensor,
  { data: gamma, offset: g }: Tensor,
  { data: beta, offset: b }: Tensor,
): void {
  const [M, N] = shape as [number, number];
  for (let m = 0, j = 0; m < M; m++) {
    for (let n = 0; n < N; n++, j++) y[j] = gamma[g + n]! * xHat[j]! + beta[b + n]!; // X3
  }
}

/** dx̂ [M,N] = dy * γ, and the terms of dγ, one row for each row of x̂. */
export function scaleBackward(
  { data: dxHat, shape }: Tensor,
  { data: terms }: Tensor,
  { data: dy }: Tensor,
  { data: xHat }: Tensor,
  { data: gamma, offset: g }: Tensor,
): void {
  const [M, N] = shape as [number, number];
  for (let m = 0, j = 0; m < M; m++) {
    for (let n = 0; n < N; n++, j++) {
      dxHat[j] = dy[j]! * gamma[g + n]!; // X4
      terms[j] = dy[j]! * xHat[j]!; // X6
    }
  }
}
