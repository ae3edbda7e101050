/**
 * A tensor is an `ndarray` over a Float32Array or Float64Array: data, shape, stride and offset.
 * Transposes and slices only change strides; they copy nothing.
 *
 * Transposes and column blocks are cached per tensor, so the time loop can request them without allocating.
 */
import type { NdArray } from 'ndarray';
import ndarray from '#ndarray';
import { requireWhole, show } from './checks.js';

/** The two number types: float32 to train with, float64 to check gradients with. */
export type FloatArray = Float32Array | Float64Array;

/** A view (data, shape, stride, offset) of floating-point numbers. */
export type Tensor<A extends FloatArray = FloatArray> = NdArray<A>;

/** A view of whole numbers: row numbers of a table, class labels. */
export type Indices = NdArray<Int32Array>;

/**
 * A dense row-major tensor over `data`; without sizes, a vector.
 * @throws RangeError when the shape has another number of entries; TypeError when `data` is no float array
 */
export function tensor<A extends FloatArray>(data: A, ...shape: number[]): Tensor<A> {
  if (!(data instanceof Float32Array || data instanceof Float64Array))
    throw new TypeError(`tensor: data must be a Float32Array or a Float64Array, not ${show(data)}`);
  const size = shape.length === 0 ? data.length : requireSizes('tensor', shape);
  if (size !== data.length)
    throw new RangeError(`tensor: [${shape.join(', ')}] has ${size} entries, but data has ${data.length}`);
  return ndarray(data, shape.length === 0 ? [size] : shape);
}

/** The number of entries of a tensor of this shape. */
export function sizeOf(shape: readonly number[]): number {
  if (!Array.isArray(shape)) throw new TypeError(`sizeOf: a shape is an array, not ${show(shape)}`);
  return shape.length === 0 ? 1 : requireSizes('sizeOf', shape);
}

/**
 * The number of entries of a tensor of these sizes.
 * @throws RangeError unless there is at least one, and all are whole numbers
 */
export function requireSizes(of: string, sizes: readonly number[]): number {
  if (sizes.length === 0) throw new RangeError(`${of}: the sizes of the tensor are missing`);
  for (const size of sizes) requireWhole(`${of}: a size`, size, 0);
  return sizes.reduce((product, n) => product * n, 1);
}

/** Whether it is a tensor or indices: a view of numbers. */
export function isView(value: unknown): value is Tensor | Indices {
  if (typeof value !== 'object' || value === null) return false;
  const { shape, data } = value as Partial<Tensor>;
  // Not ArrayBuffer.isView, which is false for a proxy, through which a graph's first batch is written.
  return Array.isArray(shape) && typeof data === 'object' && 'BYTES_PER_ELEMENT' in (data ?? {});
}

/** @throws TypeError unless it is a tensor: a view of real numbers */
export function requireTensor(of: string, value: unknown): void {
  if (isView(value) && !(value.data instanceof Int32Array)) return;
  const given = isView(value) ? 'indices' : show(value);
  throw new TypeError(`${of} needs a tensor, such as zeros() of the kernels makes, not ${given}`);
}

/** @throws TypeError unless they are indices: a view of whole numbers */
export function requireIndices(of: string, value: unknown): void {
  if (isView(value) && value.data instanceof Int32Array) return;
  const given = isView(value) ? 'a tensor of real numbers' : show(value);
  throw new TypeError(`${of} needs indices, such as indices() of the kernels makes, not ${given}`);
}

/** @throws RangeError unless it has two dimensions */
export function requireMatrix(of: string, value: Tensor): void {
  requireTensor(of, value);
  if (value.shape.length !== 2)
    throw new RangeError(`${of} needs a matrix, but the shape is [${value.shape.join(', ')}]`);
}

/** @throws RangeError unless `from` to `to`, exclusive, is a part of 0 to `end` */
function requirePart(of: string, from: number, to: number, end: number): void {
  if (Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from <= to && to <= end) return;
  throw new RangeError(`${of}: there is no part from ${show(from)} to ${show(to)} of 0 to ${show(end)}`);
}

/**
 * Rows `from` to `to` (exclusive) of a dense tensor, as a dense tensor with offset 0.
 * @throws RangeError when there are no such rows
 */
export function rows<A extends FloatArray | Int32Array>(t: NdArray<A>, from: number, to: number): NdArray<A> {
  if (!isView(t)) throw new TypeError(`rows needs a tensor, not ${show(t)}`);
  requirePart('rows', from, to, t.shape[0]!);
  const shape = [...t.shape];
  const width = t.size / (shape[0]! || 1);
  shape[0] = to - from;
  const data = t.data.subarray(t.offset + from * width, t.offset + to * width) as A;
  return ndarray(data, shape);
}

// The time loop calls transpose and columns. Numeric keys make a lookup free of garbage.
const transposes = new WeakMap<object, object>();
const columnBlocks = new WeakMap<object, Map<number, object>>();

/** Xᵀ of a matrix X: swaps the strides. @throws RangeError unless it is a matrix */
export function transpose<A extends FloatArray>(x: Tensor<A>): Tensor<A> {
  let view = transposes.get(x) as Tensor<A> | undefined;
  if (!view) {
    requireMatrix('transpose', x);
    transposes.set(x, (view = x.transpose(1, 0)));
  }
  return view;
}

/** Columns `from` to `to` (exclusive) of a matrix. @throws RangeError when there are no such columns */
export function columns<A extends FloatArray>(x: Tensor<A>, from: number, to: number): Tensor<A> {
  requireMatrix('columns', x);
  requirePart('columns', from, to, x.shape[1]!);
  let blocks = columnBlocks.get(x);
  if (!blocks) columnBlocks.set(x, (blocks = new Map<number, object>()));
  const key = from * 2 ** 26 + to;
  let view = blocks.get(key) as Tensor<A> | undefined;
  if (!view) blocks.set(key, (view = x.hi(x.shape[0]!, to).lo(0, from)));
  return view;
}
