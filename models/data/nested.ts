/** Flattens numbers as people have them: nested arrays, typed arrays with a shape, ndarrays. */
import { sizeOf } from '../../engine/index.js';
import { show } from '../../engine/checks.js';

/** Numbers in one array, row by row, with their shape; an ndarray is one. */
export interface Shaped {
  readonly data: ArrayLike<number>;
  readonly shape: readonly number[];
  /** Entries between neighbours along each dimension. Default: those of rows without gaps. */
  readonly stride?: readonly number[];
  /** The index of the first entry. Default 0. */
  readonly offset?: number;
}

/** Arrays or typed arrays, nested up to three deep, or numbers with their shape. */
export type Numbers =
  ArrayLike<number> | ArrayLike<ArrayLike<number>> | ArrayLike<ArrayLike<ArrayLike<number>>> | Shaped;

/** N examples of some steps each, of `width` numbers each. */
export interface Flat {
  /** `x`, `y` or `weights`, for errors. */
  readonly name: string;
  /** 1: a number per example. 2: a number per step. 3: `width` numbers per step. */
  readonly rank: number;
  readonly width: number;
  /** The steps of each example; 1 if the rank is 1. */
  readonly lengths: Int32Array;
  /** The step of `values` at which each example begins. */
  readonly starts: Int32Array;
  readonly values: ArrayLike<number>;
}

export const isList = (value: unknown): value is ArrayLike<unknown> =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));

const isShaped = (value: unknown): value is Shaped =>
  typeof value === 'object' && value !== null && 'data' in value && 'shape' in value;

/**
 * @param name what these numbers are, for errors
 * @throws TypeError or RangeError that names the entry which is no number, or whose row has another length
 */
export function flatten(name: string, given: unknown): Flat {
  if (isShaped(given)) return fromShape(name, given);
  if (!isList(given))
    throw new TypeError(
      `sequences: ${name} must be arrays of numbers, or { data, shape }, not ${show(given)}`,
    );
  if (given.length === 0) throw new RangeError(`sequences: ${name} is empty`);
  let [rank, first] = [1, given[0]];
  while (isList(first)) [rank, first] = [rank + 1, first[0]];
  if (rank > 3)
    throw new RangeError(`sequences: ${name} is nested ${rank} deep; at most example, step, column`);
  return rank === 1 ? fromList(name, given) : fromNested(name, given, rank);
}

/** `x[3][5][2]` */
export const entryName = (name: string, ...place: number[]) => name + place.map((n) => `[${n}]`).join('');

function fromList(name: string, given: ArrayLike<unknown>): Flat {
  const count = given.length;
  const values = new Float64Array(count);
  for (let n = 0; n < count; n++) values[n] = numberAt(given, n, name);
  return { name, rank: 1, width: 1, lengths: new Int32Array(count).fill(1), starts: upTo(count), values };
}

function fromNested(name: string, given: ArrayLike<unknown>, rank: number): Flat {
  const count = given.length;
  const [lengths, starts] = [new Int32Array(count), new Int32Array(count)];
  let steps = 0;
  for (let n = 0; n < count; n++) {
    starts[n] = steps;
    steps += lengths[n] = requireList(given[n], rank, name, n).length;
  }
  const width = rank === 3 ? (given as ArrayLike<ArrayLike<ArrayLike<unknown>>>)[0]![0]!.length : 1;
  const values = new Float64Array(steps * width);
  for (let n = 0, at = 0; n < count; n++) {
    const row = given[n] as ArrayLike<unknown>;
    for (let t = 0; t < row.length; t++) {
      if (rank === 2) {
        values[at++] = numberAt(row, t, name, n);
        continue;
      }
      const step = requireList(row[t], 2, name, n, t);
      if (step.length !== width) {
        const [here, first] = [entryName(name, n, t), entryName(name, 0, 0)];
        throw new RangeError(`sequences: ${here} has ${step.length} numbers, but ${first} has ${width}`);
      }
      for (let d = 0; d < width; d++) values[at++] = numberAt(step, d, name, n, t);
    }
  }
  return { name, rank, width, lengths, starts, values };
}

function fromShape(name: string, { data, shape, stride, offset = 0 }: Shaped): Flat {
  if (!isList(data)) throw new TypeError(`sequences: ${name}.data must be an array, not ${show(data)}`);
  const isShape = isList(shape) && shape.every((n) => Number.isSafeInteger(n) && n >= 1);
  if (!isShape || shape.length < 1 || shape.length > 3)
    throw new RangeError(`sequences: the shape of ${name} must be 1 to 3 whole numbers of at least 1`);
  const [count, steps = 1, width = 1] = shape as [number, number?, number?];
  if (!stride && data.length !== sizeOf(shape)) {
    const has = `${data.length} numbers`;
    throw new RangeError(
      `sequences: ${name} has ${has}, but its shape [${shape.join(', ')}] needs ${sizeOf(shape)}`,
    );
  }
  return {
    ...{ name, rank: shape.length, width },
    lengths: new Int32Array(count).fill(steps),
    starts: upTo(count).map((n) => n * steps),
    values: stride ? withoutGaps(data, [count, steps, width], stride, offset) : data,
  };
}

/** The entries of a view, row by row. */
function withoutGaps(
  data: ArrayLike<number>,
  [count, steps, width]: readonly [number, number, number],
  [s0 = 0, s1 = 0, s2 = 0]: readonly number[],
  offset: number,
): Float64Array {
  const values = new Float64Array(count * steps * width);
  for (let n = 0, at = 0; n < count; n++) {
    for (let t = 0; t < steps; t++) {
      for (let d = 0; d < width; d++) values[at++] = data[offset + n * s0 + t * s1 + d * s2]!;
    }
  }
  return values;
}

const upTo = (count: number) => Int32Array.from({ length: count }, (_, n) => n);

/** Entry `n` of a row, at `place` of the whole. */
function numberAt(row: ArrayLike<unknown>, n: number, name: string, ...place: number[]): number {
  const value = row[n];
  if (typeof value === 'number') return value;
  throw new TypeError(`sequences: ${entryName(name, ...place, n)} must be a number, not ${show(value)}`);
}

function requireList(value: unknown, rank: number, name: string, ...place: number[]): ArrayLike<unknown> {
  const here = entryName(name, ...place);
  if (!isList(value)) throw new TypeError(`sequences: ${here} must be an array, not ${show(value)}`);
  if (value.length === 0) throw new RangeError(`sequences: ${here} is empty; it needs a step at least`);
  if (rank === 3 && !isList(value[0]))
    throw new TypeError(`sequences: ${here}[0] must be an array, not ${show(value[0])}`);
  return value;
}
