import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { allKernels } from '../kernels.js';
import { forAll, vectorOf, width } from '../properties.js';
import { entries, expectClose, vector } from '../tensors.js';

describe.each(allKernels)('kernels.$name', ({ kernels: k, tolerance }) => {
  const pairs = width.chain((n) => fc.tuple(vectorOf(n), vectorOf(n)));

  it('zeros(...shape) is a dense tensor of 0s', () => {
    const t = k.zeros(3, 5);
    expect([t.shape, t.stride]).toEqual([
      [3, 5],
      [5, 1],
    ]);
    expect(entries(t)).toEqual(new Array(15).fill(0));
  });

  it('indices(...shape) is a dense array of integers, all 0', () => {
    const ids = k.indices(4);
    expect(ids.data).toBeInstanceOf(Int32Array);
    expect(entries(ids)).toEqual([0, 0, 0, 0]);
  });

  it('zeros and indices return memory that nothing else uses', () => {
    const tensors = [k.zeros(3), k.indices(3), k.zeros(1), k.zeros(2, 2), k.indices(5)];
    tensors.forEach((t, n) => t.data.fill(n + 1));
    tensors.forEach((t, n) => expect(new Set(entries(t))).toEqual(new Set([n + 1])));
  });

  it('fill(out, value) sets every entry', () => {
    const out = k.zeros(3, 7);
    k.fill(out, 0.5);
    expect(entries(out)).toEqual(new Array(21).fill(0.5));
  });

  it('copy(out, x) is out = x', () =>
    forAll(pairs, ([a, b]) => {
      const [out, x] = [vector(k, a), vector(k, b)];
      k.copy(out, x);
      expect(entries(out)).toEqual(entries(x));
    }));

  it('add(out, x) is out += x', () =>
    forAll(pairs, ([a, b]) => {
      const [out, x] = [vector(k, a), vector(k, b)];
      k.add(out, x);
      expectClose(
        entries(out),
        a.map((value, n) => value + b[n]!),
        tolerance,
      );
    }));

  it('multiply(out, x, y) is out = x * y', () =>
    forAll(pairs, ([a, b]) => {
      const [out, x, y] = [vector(k, b), vector(k, a), vector(k, b)];
      k.multiply(out, x, y);
      expectClose(
        entries(out),
        a.map((value, n) => value * b[n]!),
        tolerance,
      );
      k.multiply(x, x, y);
      expect(entries(x)).toEqual(entries(out));
    }));

  it('scale(out, factor) is out *= factor', () =>
    forAll(pairs, ([a, [factor]]) => {
      const out = vector(k, a);
      k.scale(out, factor!);
      expectClose(
        entries(out),
        a.map((value) => value * factor!),
        tolerance,
      );
    }));

  it('clamp(out, limit) moves every entry into [-limit, limit]', () =>
    forAll(pairs, ([a]) => {
      const out = vector(k, a);
      k.clamp(out, 0.25);
      expectClose(
        entries(out),
        a.map((value) => Math.min(Math.max(value, -0.25), 0.25)),
        tolerance,
      );
    }));

  it('sumOfSquares(x) is Σ x²', () =>
    forAll(pairs, ([a]) => {
      expectClose(
        k.sumOfSquares(vector(k, a)),
        a.reduce((sum, value) => sum + value * value, 0),
        tolerance,
      );
    }));

  it('sumOfSquares(x) is added in float64, so small squares next to a large one are not lost', () => {
    // In float32, 10⁸ + 1 is 10⁸.
    const x = k.zeros(1001);
    k.fill(x, 1);
    x.set(0, 1e4);
    expect(k.sumOfSquares(x)).toBe(1e8 + 1000);
  });

  it.each([NaN, Infinity, -Infinity])('sumOfSquares(x) is not finite when an entry is %p', (value) => {
    for (const position of [0, 5, 16]) {
      const x = k.zeros(17);
      x.set(position, value);
      expect(Number.isFinite(k.sumOfSquares(x))).toBe(false);
    }
  });

  it('clamp and scale keep NaN', () => {
    const x = k.zeros(5);
    x.set(2, NaN);
    k.clamp(x, 1);
    k.scale(x, 0);
    expect(x.get(2)).toBeNaN();
  });

  it.each(['copy', 'add'] as const)('%s names itself and both shapes when they differ', (kernel) => {
    expect(() => k[kernel](k.zeros(2, 3), k.zeros(3, 2))).toThrow(RangeError);
    expect(() => k[kernel](k.zeros(2, 3), k.zeros(3, 2))).toThrow(
      `${kernel}: the shapes [2, 3] and [3, 2] differ`,
    );
  });

  it('multiply names itself and both shapes when one of three differs', () => {
    const [z, turned] = [() => k.zeros(2, 3), () => k.zeros(3, 2)];
    const message = 'multiply: the shapes [2, 3] and [3, 2] differ';
    expect(() => k.multiply(z(), turned(), z())).toThrow(message);
    expect(() => k.multiply(z(), z(), turned())).toThrow(message);
  });
});
