/**
 * Shape checks of the kernels. A mismatch throws an error that names the kernel and both shapes.
 * The checks run at every call, so they allocate nothing unless they throw.
 */
import { requireFlag } from './checks.js';
import { isView, requireIndices, requireMatrix, requireTensor } from './tensor.js';
import type { FloatArray, Indices, Tensor } from './tensor.js';

const show = (t: Tensor | Indices) => `[${t.shape.join(', ')}]`;

/** @throws RangeError unless out [M,N], a [M,K] and b [K,N] fit together. */
export function requireMatmulShapes(out: Tensor, a: Tensor, b: Tensor, accumulate: boolean): void {
  requireMatrix('matmul', out);
  requireMatrix('matmul', a);
  requireMatrix('matmul', b);
  requireFlag('matmul: accumulate', accumulate);
  if (out.shape[0] !== a.shape[0] || out.shape[1] !== b.shape[1] || a.shape[1] !== b.shape[0]) {
    throw new RangeError(`matmul: ${show(a)} times ${show(b)} does not give ${show(out)}`);
  }
}

/** @throws RangeError unless both have the same shape. */
export function requireSameShape(kernel: string, out: Tensor, x: Tensor): void {
  requireTensor(kernel, out);
  requireTensor(kernel, x);
  let same = out.shape.length === x.shape.length;
  for (let d = 0; d < out.shape.length; d++) same &&= out.shape[d] === x.shape[d];
  if (!same) throw new RangeError(`${kernel}: the shapes ${show(out)} and ${show(x)} differ`);
}

/** @throws RangeError unless the vector [N] is as long as the rows of x [M,N], and both are dense. */
export function requireRowOf(kernel: string, x: Tensor, vector: Tensor): void {
  requireMatrix(kernel, x);
  requireTensor(kernel, vector);
  if (vector.shape.length !== 1 || vector.shape[0] !== x.shape[1])
    throw new RangeError(`${kernel}: ${show(vector)} is no row of ${show(x)}`);
  requireDenseRows(kernel, x, vector);
}

/** @throws RangeError unless the vector [M] has an entry for each row of x [M,N]. */
export function requirePerRow(kernel: string, x: Tensor, vector: Tensor | Indices): void {
  if (vector.shape.length !== 1 || vector.shape[0] !== x.shape[0])
    throw new RangeError(`${kernel}: ${show(x)} and ${show(vector)} differ in their number of rows`);
}

/** @throws RangeError unless x [M,N], ids [M] and table [V,N] fit together, and rows are dense. */
export function requireLookup(kernel: string, table: Tensor, ids: Indices, x: Tensor): void {
  requireMatrix(kernel, table);
  requireMatrix(kernel, x);
  requireIndices(kernel, ids);
  requirePerRow(kernel, x, ids);
  if (table.shape[1] !== x.shape[1])
    throw new RangeError(`${kernel}: rows of ${show(table)} and ${show(x)} differ in length`);
  requireDenseRows(kernel, x, table);
}

/** @throws RangeError unless out and x [M,N] and the mask [M] fit together, and rows are dense. */
export function requireMasked(out: Tensor, x: Tensor, mask: Tensor): void {
  requireMatrix('copyMasked', out);
  requireSameShape('copyMasked', out, x);
  requireTensor('copyMasked', mask);
  requirePerRow('copyMasked', x, mask);
  requireDenseRows('copyMasked', out, x);
}

/** @throws RangeError unless x [M,N], dx of its shape or null, and weights [M], if any, fit together. */
export function requireLossShapes(
  kernel: string,
  dx: Tensor | null,
  x: Tensor,
  weights: Tensor | undefined,
): void {
  requireMatrix(kernel, x);
  if (dx !== null) requireSameShape(kernel, dx, x);
  if (weights === undefined) return;
  requireTensor(kernel, weights);
  requirePerRow(kernel, x, weights);
}

/** @throws RangeError unless there is a label for each row of x [M,N]. */
export function requireLabels(kernel: string, x: Tensor, labels: Indices): void {
  requireIndices(kernel, labels);
  requirePerRow(kernel, x, labels);
}

/** @throws RangeError unless the class or row number `id` is in 0 .. count-1. */
export function requireIndex(kernel: string, id: number, count: number): void {
  if (!(id >= 0 && id < count)) {
    throw new RangeError(`${kernel}: there is no row ${id}; the rows are 0 to ${count - 1}`);
  }
}

/** @throws RangeError unless the temperature is above 0. */
export function requireTemperature(kernel: string, temperature: number): void {
  if (!(typeof temperature === 'number' && temperature > 0))
    throw new RangeError(`${kernel}: the temperature must be above 0, not ${String(temperature)}`);
}

/** @throws TypeError unless the operand of an elementwise kernel is a number; NaN and infinity are. */
export function requireOperand(kernel: string, value: number): void {
  if (typeof value !== 'number')
    throw new TypeError(`${kernel} needs a tensor and a number, not ${String(value)}`);
}

/** @throws RangeError unless a constant of an optimizer's step is finite and 0 or more. */
export function requireConstant(kernel: string, name: string, value: number): void {
  if (!(Number.isFinite(value) && value >= 0))
    throw new RangeError(`${kernel}: ${name} must be a finite number of at least 0, not ${String(value)}`);
}

/** @throws RangeError unless the limit is 0 or more. */
export function requireLimit(kernel: string, limit: number): void {
  if (!(typeof limit === 'number' && limit >= 0))
    throw new RangeError(`${kernel}: the limit must be at least 0, not ${String(limit)}`);
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
  if (!isView(t)) throw new TypeError(`a tensor is needed, not ${String(t)}`);
  if (!isDense(t)) throw new RangeError(`the tensor ${show(t)} is not dense`);
}

/** The entries of a dense tensor, from index 0. @throws RangeError when the tensor has gaps. */
export function dense<A extends FloatArray>(t: Tensor<A>): A {
  requireDense(t);
  return t.offset === 0 && t.data.length === t.size
    ? t.data
    : (t.data.subarray(t.offset, t.offset + t.size) as A);
}
