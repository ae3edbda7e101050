/**
 * A tensor is an `ndarray` over a Float32Array or Float64Array: data, shape, stride and offset.
 * Transposes and slices only change strides; they copy nothing.
 *
 * Transposes and column blocks are cached per tensor, so the time loop can request them without allocating.
 */
import ndarray, { type NdArray } from 'ndarray';

/** The two number types: float32 to train with, float64 to check gradients with. */
export type FloatArray = Float32Array | Float64Array;

/** A view (data, shape, stride, offset) of floating-point numbers. */
export type Tensor<A extends FloatArray = FloatArray> = NdArray<A>;

/** A view of whole numbers: row numbers of a table, class labels. */
export type Indices = NdArray<Int32Array>;

/** A dense row-major tensor over `data`. */
export function tensor<A extends FloatArray>(data: A, ...shape: number[]): Tensor<A> {
  return ndarray(data, shape);
}

/** The number of entries of a tensor of this shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}

/** Rows `from` to `to` (exclusive) of a dense tensor, as a dense tensor with offset 0. */
export function rows<A extends FloatArray | Int32Array>(t: NdArray<A>, from: number, to: number): NdArray<A> {
  const width = sizeOf(t.shape.slice(1));
  const data = t.data.subarray(t.offset + from * width, t.offset + to * width) as A;
  return ndarray(data, [to - from, ...t.shape.slice(1)]);
}

// The time loop calls transpose and columns. Numeric keys make a lookup free of garbage.
const transposes = new WeakMap<object, object>();
const columnBlocks = new WeakMap<object, Map<number, object>>();

/** Xᵀ of a matrix X: swaps the strides. */
export function transpose<A extends FloatArray>(x: Tensor<A>): Tensor<A> {
  let view = transposes.get(x) as Tensor<A> | undefined;
  if (!view) transposes.set(x, (view = x.transpose(1, 0)));
  return view;
}

/** Columns `from` to `to` (exclusive) of a matrix. */
export function columns<A extends FloatArray>(x: Tensor<A>, from: number, to: number): Tensor<A> {
  let blocks = columnBlocks.get(x);
  if (!blocks) columnBlocks.set(x, (blocks = new Map<number, object>()));
  const key = from * 2 ** 26 + to;
  let view = blocks.get(key) as Tensor<A> | undefined;
  if (!view) blocks.set(key, (view = x.hi(x.shape[0]!, to).lo(0, from)));
  return view;
}
