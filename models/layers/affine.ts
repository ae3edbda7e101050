/**
 * y = x U + b for many rows at once: the input side of every cell, and all of a dense layer.
 *
 * x may hold row numbers instead of rows: a one-hot row times U is a row of U, so the product becomes a
 * lookup and its gradient a scatter-add.
 */
import type { Indices, Kernels, Tensor } from '../../engine/index.js';
import { transpose } from '../../engine/index.js';
import { isIndices } from './signal.js';

/** y [M,N] = x [M,D] · U [D,N] + b [N]; without b, the product alone */
export function affineForward(
  k: Kernels,
  y: Tensor,
  x: Tensor | Indices,
  U: Tensor,
  b: Tensor | undefined,
): void {
  if (b) k.setRows(y, b);
  if (isIndices(x)) k.gather(y, U, x, b !== undefined);
  else k.matmul(y, x, U, b !== undefined);
}

/** dx = dy Uᵀ, or += (B3); nothing if dx is null. */
export function affineBackward(k: Kernels, dy: Tensor, U: Tensor, dx: Tensor | null, addToDx: boolean): void {
  if (dx) k.matmul(dx, dy, transpose(U), addToDx);
}

/** dU += xᵀ dy (B4),  db += Σ_rows dy (B5) if there is b. */
export function affineAccumulate(
  k: Kernels,
  dy: Tensor,
  x: Tensor | Indices,
  dU: Tensor,
  db: Tensor | undefined,
): void {
  if (db) k.sumRows(db, dy);
  if (isIndices(x)) k.scatterAdd(dU, x, dy);
  else k.matmul(dU, transpose(x), dy, true);
}
