/**
 * The form of `ndarray` (data, shape, stride, offset) for browsers: ndarray makes its code from strings, which the
 * Content-Security-Policy of a page may forbid. package.json's "imports" says who gets which as `#ndarray`. Only `order`,
 * which ndarray-ops reads, is left out.
 */
import type ndarrayOf from 'ndarray';
import type { NdArray } from 'ndarray';

type Numbers = Float32Array | Float64Array | Int32Array;
type View = NdArray<Numbers>;

class Ndarray {
  declare readonly dtype: View['dtype'];

  constructor(
    readonly data: Numbers,
    readonly shape: number[],
    readonly stride: number[],
    readonly offset: number,
  ) {}

  get dimension(): number {
    return this.shape.length;
  }

  get size(): number {
    return this.shape.reduce((product, n) => product * n, 1);
  }

  index(...at: number[]): number {
    let place = this.offset;
    for (let d = 0; d < at.length; d++) place += this.stride[d]! * at[d]!;
    return place;
  }

  get(...at: number[]): number {
    return this.data[this.index(...at)]!;
  }

  set(...at: number[]): number {
    const value = at.pop()!;
    return (this.data[this.index(...at)] = value);
  }

  /** The entries before these ends. What is no number, or negative, leaves a dimension as it is. */
  hi(...ends: number[]): View {
    const shape = this.shape.map((n, d) => (isPlace(ends[d]) ? ends[d] | 0 : n));
    return view(this.data, shape, this.stride, this.offset);
  }

  /** The entries from these starts on. */
  lo(...starts: number[]): View {
    const from = this.shape.map((_, d) => (isPlace(starts[d]) ? starts[d] | 0 : 0));
    const shape = this.shape.map((n, d) => n - from[d]!);
    return view(this.data, shape, this.stride, this.index(...from));
  }

  /** Every n-th entry of each dimension; backwards, if n is negative. */
  step(...steps: number[]): View {
    const by = this.shape.map((_, d) => (typeof steps[d] === 'number' ? steps[d] | 0 : 1));
    const last = this.shape.map((n, d) => (by[d]! < 0 ? n - 1 : 0));
    const shape = this.shape.map((n, d) => Math.ceil(n / Math.abs(by[d]!)));
    return view(
      this.data,
      shape,
      this.stride.map((n, d) => n * by[d]!),
      this.index(...last),
    );
  }

  /** Dimension d of the result is dimension order[d] of this. */
  transpose(...order: number[]): View {
    const of = this.shape.map((_, d) => order[d] ?? d);
    return view(
      this.data,
      of.map((d) => this.shape[d]!),
      of.map((d) => this.stride[d]!),
      this.offset,
    );
  }

  /** Without the dimensions in which an entry is picked. */
  pick(...at: (number | null)[]): View {
    const picked = this.shape.map((_, d) => (isPlace(at[d]) ? at[d] | 0 : null));
    const rest = picked.flatMap((place, d) => (place === null ? [d] : []));
    return view(
      this.data,
      rest.map((d) => this.shape[d]!),
      rest.map((d) => this.stride[d]!),
      this.index(...picked.map((place) => place ?? 0)),
    );
  }
}

Object.defineProperty(Ndarray.prototype, 'dtype', {
  get(this: Ndarray) {
    return this.data.constructor.name.replace('Array', '').toLowerCase();
  },
});

const isPlace = (n: unknown): n is number => typeof n === 'number' && n >= 0;

const view = (data: Numbers, shape: readonly number[], stride: readonly number[], offset: number): View =>
  new Ndarray(data, [...shape], [...stride], offset) as unknown as View;

/** A view of data; by default dense and row-major, and of one dimension. */
function ndarray(data: Numbers, shape = [data.length], stride?: number[], offset = 0): View {
  if (stride) return view(data, shape, stride, offset);
  const dense = new Array<number>(shape.length);
  for (let d = shape.length - 1, step = 1; d >= 0; d--) {
    dense[d] = step;
    step *= shape[d]!;
  }
  return view(data, shape, dense, offset);
}

export default ndarray as typeof ndarrayOf;
