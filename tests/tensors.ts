/** Converts between tensors and plain arrays, and compares numbers. */
import { expect } from '@jest/globals';
import { columns, type Indices, type Kernels, type Random, type Tensor } from '../engine/index.js';

const { abs, max } = Math;

/** A matrix with these entries, surrounded by `gap` columns of NaN. */
export function matrix(k: Kernels, values: readonly (readonly number[])[], gap = 0): Tensor {
  const N = values[0]!.length;
  const wide = k.zeros(values.length, N + gap);
  k.fill(wide, NaN);
  const from = Math.min(1, gap);
  const view = columns(wide, from, from + N);
  values.forEach((row, m) => row.forEach((value, n) => view.set(m, n, value)));
  return view;
}

/** A dense vector with these entries. */
export function vector(k: Kernels, values: readonly number[]): Tensor {
  const t = k.zeros(values.length);
  t.data.set(values);
  return t;
}

/** Integers, for labels and row numbers. */
export function whole(k: Kernels, values: readonly number[]): Indices {
  const t = k.indices(values.length);
  t.data.set(values);
  return t;
}

/** The rows of a matrix, in the tensor's number type. */
export function toRows(t: Tensor): number[][] {
  const [M, N] = t.shape as [number, number];
  return Array.from({ length: M }, (_, m) => Array.from({ length: N }, (_, n) => t.get(m, n)));
}

/** The entries of a dense tensor in memory order. */
export function entries(t: Tensor | Indices): number[] {
  return Array.from(t.data.subarray(t.offset, t.offset + t.size));
}

/** Whether the memory around a matrix with a gap is unchanged. */
export function surroundingsUntouched(t: Tensor): boolean {
  return Array.from(t.data).filter(Number.isNaN).length === t.data.length - t.size;
}

/** Fills a dense tensor with normal numbers. */
export function randomize(t: Tensor, random: Random): void {
  for (let n = 0; n < t.size; n++) t.data[t.offset + n] = random.normal();
}

type Numbers = number | readonly number[] | readonly (readonly number[])[];

const flatten = (numbers: Numbers): number[] => (typeof numbers === 'number' ? [numbers] : numbers.flat());

/** Expects |actual - expected| ≤ tolerance · max(1, |expected|) everywhere; NaN never passes. */
export function expectClose(actual: Numbers, expected: Numbers, tolerance: number): void {
  const [A, E] = [flatten(actual), flatten(expected)];
  expect(A).toHaveLength(E.length);
  const errors = A.map((a, n) => abs(a - E[n]!) / max(1, abs(E[n]!)));
  expect(errors.reduce((a, b) => max(a, b), 0)).toBeLessThanOrEqual(tolerance);
}
