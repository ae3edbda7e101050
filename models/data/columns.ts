/** Checks of the arrays of `sequences` on their own, before any model is known. */
import { requireWhole, show } from '../../engine/checks.js';
import { entryName, isList, type Flat } from './nested.js';

/** The arrays of a set of examples. */
export interface Columns {
  readonly x: Flat;
  readonly y: Flat | null;
  readonly weights: Flat | null;
  /** Whether padding comes before the real steps. */
  readonly padBefore: boolean;
}

/** Cuts `x` to `lengths`, and checks that all arrays fit together and hold only finite numbers. */
export function requireColumns({
  lengths,
  ...columns
}: Columns & { readonly lengths: ArrayLike<number> | null }): Columns {
  const { y, weights } = columns;
  if (columns.x.rank === 1) {
    throw new RangeError(
      'sequences: x has one number per example, and no steps: give x[example][step], or { data, shape: [N, T] }',
    );
  }
  const x = lengths !== null ? cutTo(lengths, columns.x) : columns.x;
  for (const other of [y, weights]) {
    if (other && other.lengths.length !== x.lengths.length) {
      const [n, m] = [other.lengths.length, x.lengths.length];
      throw new RangeError(`sequences: ${other.name} has ${n} examples, but x has ${m}`);
    }
  }
  if (weights?.rank === 3)
    throw new RangeError('sequences: weights must be one per example, or one per step');
  for (const flat of [x, y, weights]) if (flat) requireFinite(flat);
  if (weights) requireWeights(weights);
  return { ...columns, x };
}

function cutTo(lengths: ArrayLike<number>, x: Flat): Flat {
  if (!isList(lengths))
    throw new TypeError(`sequences: lengths must be an array of numbers, not ${show(lengths)}`);
  if (lengths.length !== x.lengths.length)
    throw new RangeError(`sequences: ${lengths.length} lengths for ${x.lengths.length} examples`);
  const cut = x.lengths.map((steps, n) => {
    requireWhole(`sequences: lengths[${n}]`, lengths[n]);
    if (lengths[n]! > steps)
      throw new RangeError(`sequences: lengths[${n}] is ${lengths[n]}, but x[${n}] has ${steps} steps`);
    return lengths[n]!;
  });
  return { ...x, lengths: cut };
}

function requireFinite(flat: Flat): void {
  const wrong = findNumber(flat, (value) => !Number.isFinite(value));
  if (wrong) throw new RangeError(`sequences: ${wrong.place} is ${wrong.value}, not a finite number`);
}

function requireWeights(weights: Flat): void {
  const wrong = findNumber(weights, (value) => value < 0);
  if (wrong) throw new RangeError(`sequences: ${wrong.place} is ${wrong.value}, below 0`);
  if (!findNumber(weights, (value) => value > 0)) throw new RangeError('sequences: all weights are 0');
}

/** The first real number for which this is so, and its place: `x[3][5][2] (example 3, step 5)`. */
export function findNumber(
  flat: Flat,
  isWanted: (value: number) => boolean,
): { readonly value: number; readonly place: string } | null {
  const { lengths, starts, values, width } = flat;
  for (let n = 0; n < lengths.length; n++) {
    const from = starts[n]! * width;
    const to = from + lengths[n]! * width;
    for (let m = from; m < to; m++) {
      if (isWanted(values[m]!)) return { value: values[m]!, place: describePlace(flat, n, m - from) };
    }
  }
  return null;
}

function describePlace({ name, rank, width }: Flat, n: number, entry: number): string {
  const t = Math.floor(entry / width);
  const where = rank === 1 ? `example ${n}` : `example ${n}, step ${t}`;
  return `${entryName(name, ...[n, t, entry % width].slice(0, rank))} (${where})`;
}
