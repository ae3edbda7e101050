/**
 * A tensor is an `ndarray` over a Float32Array or Float64Array: data, shape, stride, offset and nothing else.
 * A transpose or a slice is a change of strides and copies nothing.
 *
 * Transposes and blocks of columns are remembered per tensor, so that asking for one inside the time loop
 * allocates nothing.
 */
import ndarray, { type NdArray } from 'ndarray';

/** The two number types: float32 to train with, float64 to check gradients with. */
export type FloatArray = Float32Array | Float64Array;

/** A view (data, shape, stride, offset) on floating-point numbers. */
export type Tensor<A extends FloatArray = FloatArray> = NdArray<A>;

/** A view on whole numbers: row numbers of a table, class labels. */
export type Indices = NdArray<Int32Array>;

/** A dense row-major tensor over `data`. */
export function tensor<A extends FloatArray>(data: A, ...shape: number[]): Tensor<A> {
  return ndarray(data, shape);
}

/** The number of entries of a tensor of this shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}

/** Rows `from` to `to` (exclusive) of a dense tensor, again dense, with offset 0. */
export function rows<A extends FloatArray | Int32Array>(t: NdArray<A>, from: number, to: number): NdArray<A> {
  const width = sizeOf(t.shape.slice(1));
  const data = t.data.subarray(t.offset + from * width, t.offset + to * width) as A;
  return ndarray(data, [to - from, ...t.shape.slice(1)]);
}

// transpose and columns stand inside the time loop: their keys are numbers, so that a look-up makes no garbage.
const transposes = new WeakMap<object, object>();
const columnBlocks = new WeakMap<object, Map<number, object>>();

/** Xᵀ of a matrix X: the strides change places. */
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
