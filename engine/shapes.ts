/**
 * Shape checks of the kernels. A mismatch throws an error that names the kernel and both shapes.
 * The checks run at every call, so they allocate nothing unless they throw.
 */
import type { FloatArray, Tensor } from './tensor.js';

interface Shaped {
  readonly shape: readonly number[];
}

const show = (t: Shaped) => `[${t.shape.join(', ')}]`;

/** @throws RangeError unless out [M,N], a [M,K] and b [K,N] fit together. */
export function requireMatmulShapes(out: Shaped, a: Shaped, b: Shaped): void {
  if (out.shape[0] !== a.shape[0] || out.shape[1] !== b.shape[1] || a.shape[1] !== b.shape[0]) {
    throw new RangeError(`matmul: ${show(a)} times ${show(b)} does not give ${show(out)}`);
  }
}

/** @throws RangeError unless both have the same shape. */
export function requireSameShape(kernel: string, out: Shaped, x: Shaped): void {
  let same = out.shape.length === x.shape.length;
  for (let d = 0; d < out.shape.length; d++) same &&= out.shape[d] === x.shape[d];
  if (!same) throw new RangeError(`${kernel}: the shapes ${show(out)} and ${show(x)} differ`);
}

/** @throws RangeError unless dimension `da` of a equals dimension `db` of b. */
export function requireSameLength(kernel: string, a: Shaped, da: number, b: Shaped, db: number): void {
  if (a.shape[da] !== b.shape[db]) {
    throw new RangeError(`${kernel}: dimension ${da} of ${show(a)} and dimension ${db} of ${show(b)} differ`);
  }
}

/** @throws RangeError unless the class or row number `id` is in 0 .. count-1. */
export function requireIndex(kernel: string, id: number, count: number): void {
  if (!(id >= 0 && id < count)) {
    throw new RangeError(`${kernel}: there is no row ${id}; the rows are 0 to ${count - 1}`);
  }
}

/** @throws RangeError unless the temperature is above 0. */
export function requireTemperature(kernel: string, temperature: number): void {
  if (!(temperature > 0))
    throw new RangeError(`${kernel}: the temperature must be above 0, not ${temperature}`);
}

/** @throws RangeError unless the entries of each row are adjacent, in both. */
export function requireDenseRows(kernel: string, a: Tensor, b: Tensor): void {
  if (!hasDenseRows(a) || !hasDenseRows(b)) {
    throw new RangeError(`${kernel}: the rows of the tensor ${show(hasDenseRows(a) ? b : a)} are not dense`);
  }
}

/** Whether the entries along the last dimension are adjacent. */
export function hasDenseRows(t: Tensor): boolean {
  return t.stride[t.stride.length - 1] === 1;
}

/** Whether a tensor is row-major and without gaps. */
export function isDense(t: Tensor): boolean {
  let expected = 1;
  for (let d = t.shape.length - 1; d >= 0; d--) {
    if (t.shape[d] !== 1 && t.stride[d] !== expected) return false;
    expected *= t.shape[d]!;
  }
  return true;
}

/** @throws RangeError when the tensor has gaps. */
export function requireDense(t: Tensor): void {
  if (!isDense(t)) throw new RangeError(`the tensor ${show(t)} is not dense`);
}

/** The entries of a dense tensor, from index 0. @throws RangeError when the tensor has gaps. */
export function dense<A extends FloatArray>(t: Tensor<A>): A {
  requireDense(t);
  return t.offset === 0 && t.data.length === t.size
    ? t.data
    : (t.data.subarray(t.offset, t.offset + t.size) as A);
}
