import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { transpose } from '../../engine/index.js';
import { allKernels } from '../kernels.js';
import { forAll, gap, height, idsOf, maskOf, matrixOf, vectorOf, width } from '../properties.js';
import { entries, expectClose, matrix, surroundingsUntouched, toRows, vector, whole } from '../tensors.js';

const plus = (u: number[], v: number[]) => u.map((value, n) => value + v[n]!);

describe.each(allKernels)('kernels.$name', ({ kernels: k, tolerance }) => {
  describe('setRows(out, row)', () => {
    const cases = fc
      .tuple(height, width)
      .chain(([M, N]) => fc.record({ out: matrixOf(M, N), row: vectorOf(N), gap }));

    it('makes every row of out equal to row', () =>
      forAll(cases, ({ out, row, gap }) => {
        const t = matrix(k, out, gap);
        const source = vector(k, row);
        k.setRows(t, source);
        expect(toRows(t)).toEqual(out.map(() => entries(source)));
        expect(surroundingsUntouched(t)).toBe(true);
      }));
  });

  describe('sumRows(out, x)', () => {
    const cases = fc
      .tuple(height, width)
      .chain(([M, N]) => fc.record({ out: vectorOf(N), x: matrixOf(M, N), gap }));

    it('adds the sum of the rows of x to out', () =>
      forAll(cases, ({ out, x, gap }) => {
        const t = vector(k, out);
        k.sumRows(t, matrix(k, x, gap));
        expectClose(entries(t), x.reduce(plus, out), tolerance);
      }));
  });

  describe('gather(out, table, ids)', () => {
    const cases = fc.tuple(height, height, width).chain(([M, V, N]) =>
      fc.record({
        out: matrixOf(M, N),
        table: matrixOf(V, N),
        ids: idsOf(M, V),
        outGap: gap,
        tableGap: gap,
      }),
    );

    it('makes row m of out equal to row ids[m] of table', () =>
      forAll(cases, ({ out, table, ids, outGap, tableGap }) => {
        const [t, source] = [matrix(k, out, outGap), matrix(k, table, tableGap)];
        k.gather(t, source, whole(k, ids));
        expect(toRows(t)).toEqual(ids.map((id) => toRows(source)[id]));
        expect(surroundingsUntouched(t)).toBe(true);
      }));

    it('adds it to row m of out with `accumulate`', () =>
      forAll(cases, ({ out, table, ids, outGap, tableGap }) => {
        const t = matrix(k, out, outGap);
        k.gather(t, matrix(k, table, tableGap), whole(k, ids), true);
        expectClose(
          toRows(t),
          out.map((row, m) => plus(row, table[ids[m]!]!)),
          tolerance,
        );
        expect(surroundingsUntouched(t)).toBe(true);
      }));
  });

  describe('scatterAdd(table, ids, x)', () => {
    const cases = fc
      .tuple(height, height, width)
      .chain(([M, V, N]) =>
        fc.record({ table: matrixOf(V, N), ids: idsOf(M, V), x: matrixOf(M, N), tableGap: gap, xGap: gap }),
      );

    it('adds row m of x to row ids[m] of table, for every m', () =>
      forAll(cases, ({ table, ids, x, tableGap, xGap }) => {
        const t = matrix(k, table, tableGap);
        k.scatterAdd(t, whole(k, ids), matrix(k, x, xGap));
        const expected = table.map((row) => [...row]);
        ids.forEach((id, m) => (expected[id] = plus(expected[id]!, x[m]!)));
        expectClose(toRows(t), expected, tolerance);
        expect(surroundingsUntouched(t)).toBe(true);
      }));

    it('adds three times to a row that occurs three times', () => {
      const table = matrix(k, [[0], [0]]);
      k.scatterAdd(table, whole(k, [1, 1, 1]), matrix(k, [[1], [2], [4]]));
      expect(toRows(table)).toEqual([[0], [7]]);
    });
  });

  describe('copyMasked(out, x, mask)', () => {
    const cases = fc
      .tuple(height, width)
      .chain(([M, N]) =>
        fc.record({ out: matrixOf(M, N), x: matrixOf(M, N), mask: maskOf(M), outGap: gap, xGap: gap }),
      );

    it('copies the rows of x whose mask is 0 and leaves the others', () =>
      forAll(cases, ({ out, x, mask, outGap, xGap }) => {
        const [t, source] = [matrix(k, out, outGap), matrix(k, x, xGap)];
        const before = toRows(t);
        k.copyMasked(t, source, vector(k, mask));
        expect(toRows(t)).toEqual(mask.map((real, m) => (real ? before[m] : toRows(source)[m])));
        expect(surroundingsUntouched(t)).toBe(true);
      }));
  });

  describe('softmax(out, x, temperature)', () => {
    const temperature = fc.constantFrom(undefined, 0.1, 0.5, 1, 3, 100);
    const cases = fc
      .tuple(height, width)
      .chain(([M, N]) => fc.record({ x: matrixOf(M, N), temperature, outGap: gap, xGap: gap }));
    /** The textbook definition, for one row. */
    const definition = (x: number[], temperature = 1) => {
      const e = x.map((value) => Math.exp(value / temperature));
      return e.map((value) => value / e.reduce((a, b) => a + b));
    };
    const ofRow = (x: number[], temperature?: number) => {
      const t = matrix(k, [x]);
      k.softmax(t, t, temperature);
      return toRows(t)[0]!;
    };

    it('writes the probabilities of every row', () =>
      forAll(cases, ({ x, temperature, outGap, xGap }) => {
        const [out, source] = [matrix(k, x, outGap), matrix(k, x, xGap)];
        k.softmax(out, source, temperature);
        expectClose(
          toRows(out),
          x.map((row) => definition(row, temperature)),
          tolerance,
        );
        expect(surroundingsUntouched(out)).toBe(true);
        expect(toRows(source)).toEqual(toRows(matrix(k, x)));
      }));

    it('writes the same over x itself', () =>
      forAll(cases, ({ x, temperature, outGap, xGap }) => {
        const [out, both] = [matrix(k, x, outGap), matrix(k, x, xGap)];
        k.softmax(out, both, temperature);
        k.softmax(both, both, temperature);
        expect(toRows(both)).toEqual(toRows(out));
        expect(surroundingsUntouched(both)).toBe(true);
      }));

    it('does not overflow at logits of ±10⁴, nor with differences beyond float32', () => {
      expect(ofRow([1e4, -1e4, 1e4, 0])).toEqual([0.5, 0, 0.5, 0]);
      expect(ofRow([3e38, -3e38, 3e38])).toEqual([0.5, 0, 0.5]);
    });

    it('prefers the largest logit alone at the lowest temperatures, and none at the highest', () => {
      for (const temperature of [1e-10, 1e-40, 1e-100]) {
        expect(ofRow([1, 3, 2, 3, -5], temperature)).toEqual([0, 0.5, 0, 0.5, 0]);
      }
      for (const temperature of [1e20, Infinity]) {
        expect(ofRow([1, 3, 2, -50], temperature)).toEqual([0.25, 0.25, 0.25, 0.25]);
      }
    });

    it('gives a logit of -∞ no probability', () => {
      expect(ofRow([0, -Infinity, 0], 2)).toEqual([0.5, 0, 0.5]);
    });

    it.each([NaN, Infinity])('makes a row NaN that holds %p, and no other', (value) => {
      for (const n of [0, 3, 4, 6]) {
        const x = matrix(k, [[1, 1, 1, 1, 1, 1, 1], [1, 2, 3, 4, 5, 6, 7], [1, 1, 1, 1, 1, 1, 1]]); // prettier-ignore
        x.set(1, n, value);
        k.softmax(x, x);
        const seventh = new Array<number>(7).fill(1 / 7);
        expectClose([toRows(x)[0]!, toRows(x)[2]!], [seventh, seventh], tolerance);
        expect(toRows(x)[1]).toEqual(new Array<number>(7).fill(NaN));
      }
    });

    it.each([0, -1, NaN])('stops at the temperature %p', (temperature) => {
      const message = `softmax: the temperature must be above 0, not ${temperature}`;
      expect(() => ofRow([1, 2], temperature)).toThrow(new RangeError(message));
    });
  });

  describe('a shape mismatch', () => {
    const z = (...shape: number[]) => k.zeros(...shape);
    it.each([
      ['setRows', () => k.setRows(z(4, 3), z(2)), '[4, 3]', '[2]'],
      ['sumRows', () => k.sumRows(z(2), z(4, 3)), '[2]', '[4, 3]'],
      ['gather', () => k.gather(z(2, 3), z(5, 3), k.indices(4)), '[2, 3]', '[4]'],
      ['gather', () => k.gather(z(2, 3), z(5, 4), k.indices(2)), '[2, 3]', '[5, 4]'],
      ['scatterAdd', () => k.scatterAdd(z(5, 3), k.indices(4), z(2, 3)), '[2, 3]', '[4]'],
      ['scatterAdd', () => k.scatterAdd(z(5, 4), k.indices(2), z(2, 3)), '[2, 3]', '[5, 4]'],
      ['copyMasked', () => k.copyMasked(z(2, 3), z(3, 2), z(2)), '[2, 3]', '[3, 2]'],
      ['copyMasked', () => k.copyMasked(z(2, 3), z(2, 3), z(3)), '[2, 3]', '[3]'],
      ['softmax', () => k.softmax(z(2, 3), z(3, 2)), '[2, 3]', '[3, 2]'],
    ])('stops %s with both shapes in the message', (kernel, call, ...shapes) => {
      expect(call).toThrow(RangeError);
      for (const part of [`${kernel}: `, ...shapes]) expect(call).toThrow(part);
    });

    it.each([-1, 5, 2 ** 31 - 1, -(2 ** 31)])('stops gather and scatterAdd at row %i of 5', (id) => {
      const message = (kernel: string) => `${kernel}: there is no row ${id}; the rows are 0 to 4`;
      expect(() => k.gather(z(1, 3), z(5, 3), whole(k, [id]))).toThrow(message('gather'));
      expect(() => k.scatterAdd(z(5, 3), whole(k, [id]), z(1, 3))).toThrow(message('scatterAdd'));
    });

    it('rejects rows that are not dense', () => {
      const turned = transpose(z(3, 2));
      for (const [kernel, call] of [
        ['setRows', () => k.setRows(turned, z(3))],
        ['sumRows', () => k.sumRows(z(3), turned)],
        ['gather', () => k.gather(turned, z(5, 3), k.indices(2))],
        ['scatterAdd', () => k.scatterAdd(turned, k.indices(2), z(2, 3))],
        ['copyMasked', () => k.copyMasked(z(2, 3), turned, z(2))],
        ['softmax', () => k.softmax(z(2, 3), turned)],
      ] as const) {
        expect(call).toThrow(new RangeError(`${kernel}: the rows of the tensor [2, 3] are not dense`));
      }
    });
  });
});
