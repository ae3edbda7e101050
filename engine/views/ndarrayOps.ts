/** The operations that the reference kernels take from `ndarray-ops`, without code made from strings. See ndarray.ts. */
import type { NdArray } from 'ndarray';
import type { FloatArray } from '../tensor.js';

type View = NdArray<FloatArray>;

/** Calls `entry` with the places of each entry in the data of the views, which have one shape. */
function each(views: readonly View[], entry: (...places: number[]) => void): void {
  const { shape } = views[0]!;
  const strides = views.map(({ stride }) => stride);
  const visit = (d: number, places: readonly number[]): void => {
    if (d === shape.length) return entry(...places);
    for (let n = 0; n < shape[d]!; n++)
      visit(
        d + 1,
        places.map((place, v) => place + n * strides[v]![d]!),
      );
  };
  visit(
    0,
    views.map(({ offset }) => offset),
  );
}

export default {
  assigns: (out: View, value: number) => each([out], (o) => (out.data[o] = value)),
  assign: (out: View, x: View) => each([out, x], (o, i) => (out.data[o] = x.data[i]!)),
  addeq: (out: View, x: View) => each([out, x], (o, i) => (out.data[o]! += x.data[i]!)),
  mul: (out: View, x: View, y: View) =>
    each([out, x, y], (o, i, j) => (out.data[o] = x.data[i]! * y.data[j]!)),
  mulseq: (out: View, factor: number) => each([out], (o) => (out.data[o]! *= factor)),
  minseq: (out: View, limit: number) => each([out], (o) => (out.data[o] = Math.min(limit, out.data[o]!))),
  maxseq: (out: View, limit: number) => each([out], (o) => (out.data[o] = Math.max(limit, out.data[o]!))),
  norm2squared(x: View): number {
    let sum = 0;
    each([x], (i) => (sum += x.data[i]! ** 2));
    return sum;
  },
};
