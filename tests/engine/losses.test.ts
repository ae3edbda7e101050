import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkGradient, type Kernels, type Tensor } from '../../engine/index.js';
import { allKernels, float64 } from '../kernels.js';
import { forAll, height, idsOf, matrixOf, maskOf, width } from '../properties.js';
import { entries, expectClose, matrix, toRows, vector, whole } from '../tensors.js';

const sum = (x: readonly number[]) => x.reduce((total, value) => total + value, 0);
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** A batch of one loss: logits or predictions x, one target per row or entry, one weight per row. */
interface Case {
  x: number[][];
  labels: number[];
  y: number[][];
  weights: number[];
}

interface LossUnderTest {
  readonly name: 'softmaxCrossEntropy' | 'binaryCrossEntropy' | 'meanSquaredError';
  readonly run: (k: Kernels, dx: Tensor | null, x: Tensor, target: Case, weights?: Tensor) => number;
  /** The textbook definition, for one row. */
  readonly ofRow: (x: number[], y: number[], label: number) => number;
}

const losses: LossUnderTest[] = [
  {
    name: 'softmaxCrossEntropy',
    run: (k, dx, x, { labels }, weights) => k.softmaxCrossEntropy(dx, x, whole(k, labels), weights),
    ofRow: (x, _, label) => -Math.log(Math.exp(x[label]!) / sum(x.map(Math.exp))),
  },
  {
    name: 'binaryCrossEntropy',
    run: (k, dx, x, { y }, weights) => k.binaryCrossEntropy(dx, x, matrix(k, y), weights),
    ofRow: (x, y) =>
      sum(x.map((xn, n) => -y[n]! * Math.log(sigmoid(xn)) - (1 - y[n]!) * Math.log(1 - sigmoid(xn)))) /
      x.length,
  },
  {
    name: 'meanSquaredError',
    run: (k, dx, x, { y }, weights) => k.meanSquaredError(dx, x, matrix(k, y), weights),
    ofRow: (x, y) => sum(x.map((xn, n) => (xn - y[n]!) ** 2)) / x.length,
  },
];

/** Logits of -4 to 4, targets of 0 to 1, and weights of 0 or 1. */
const caseOf = (M: number, N: number) =>
  fc.record<Case>({
    x: matrixOf(M, N).map((x) => x.map((row) => row.map((value) => 4 * value))),
    y: matrixOf(M, N).map((y) => y.map((row) => row.map(Math.abs))),
    labels: idsOf(M, N),
    weights: maskOf(M),
  });
const cases = fc.tuple(height, width).chain(([M, N]) => caseOf(M, N));

describe.each(allKernels)('kernels.$name', ({ kernels: k, tolerance }) => {
  describe.each(losses)('$name', ({ name, run, ofRow }) => {
    const rowLosses = ({ x, y, labels }: Case) => x.map((row, m) => ofRow(row, y[m]!, labels[m]!));

    it('is the mean of its definition over the rows', () =>
      forAll(cases, (c) => {
        const expected = sum(rowLosses(c)) / c.x.length;
        expectClose(run(k, null, matrix(k, c.x), c), expected, tolerance);
      }));

    it('is the weighted mean over the rows if there are weights, such as a mask', () =>
      forAll(cases, (c) => {
        const weights = c.weights.map((w, m) => w * (1 + m));
        const expected = sum(rowLosses(c).map((loss, m) => weights[m]! * loss)) / (sum(weights) || 1);
        expectClose(run(k, null, matrix(k, c.x), c, vector(k, weights)), expected, tolerance);
      }));

    it('and its dx are 0 if all weights are 0', () =>
      forAll(cases, (c) => {
        const dx = matrix(k, c.x);
        expect(run(k, dx, matrix(k, c.x), c, k.zeros(c.x.length))).toBe(0);
        expectClose(toRows(dx).flat(), new Array<number>(dx.size).fill(0), 0);
      }));

    it('ignores the content of a masked row', () => {
      const target = { x: [], labels: [1, 1], weights: [], y: [[0, 1], [0, 1]] }; // prettier-ignore
      const alone = { x: [], labels: [1], weights: [], y: [[0, 1]] };
      const [x, dx] = [matrix(k, [[0.5, 2], [Infinity, NaN]]), k.zeros(2, 2)]; // prettier-ignore
      const [x0, dx0] = [matrix(k, [[0.5, 2]]), k.zeros(1, 2)];
      expect(run(k, dx, x, target, vector(k, [1, 0]))).toBe(run(k, dx0, x0, alone));
      expectClose(toRows(dx), [...toRows(dx0), [0, 0]], 0);
    });

    it.each([0, 3, 4, 6])('is NaN when entry %i of an unmasked row is', (n) => {
      const x = matrix(k, [[1, 2, 3, 4, 5, 6, 7]]);
      x.set(0, n, NaN);
      const target = { x: [], labels: [2], weights: [], y: [[0, 1, 0, 1, 0, 1, 0]] };
      expect(run(k, k.zeros(1, 7), x, target)).toBeNaN();
    });

    it('returns the same value with and without dx, and overwrites dx', () =>
      forAll(cases, (c) => {
        const x = matrix(k, c.x);
        const [dx, again] = [k.zeros(...x.shape), matrix(k, c.x)];
        expect(run(k, dx, x, c)).toBe(run(k, null, x, c));
        run(k, again, x, c);
        expect(entries(again)).toEqual(entries(dx));
      }));

    it('writes the dx that the float64 kernels write', () =>
      forAll(cases, (c) => {
        const [M, N] = [c.x.length, c.x[0]!.length];
        const [dx, dx64] = [k.zeros(M, N), float64.zeros(M, N)];
        run(k, dx, matrix(k, c.x), c, vector(k, c.weights));
        run(float64, dx64, matrix(float64, c.x), c, vector(float64, c.weights));
        expectClose(toRows(dx), toRows(dx64), tolerance);
      }));

    it('names itself and both shapes when they differ', () => {
      const c = { x: [], labels: [0, 0, 0], y: [[0], [0], [0]], weights: [] };
      const call = () => run(k, null, k.zeros(2, 3), c);
      expect(call).toThrow(RangeError);
      expect(call).toThrow(new RegExp(`^${name}: .*\\[2, 3\\].*\\[3`));
    });

    it('names itself when there are more weights than rows', () => {
      const c = { x: [], labels: [0], y: [[0, 0]], weights: [] };
      expect(() => run(k, null, k.zeros(1, 2), c, k.zeros(2))).toThrow(new RegExp(`^${name}: `));
    });
  });

  describe('softmaxCrossEntropy(dx, x, labels)', () => {
    it('does not overflow at logits of ±10⁴', () => {
      const x = matrix(k, [[1e4, -1e4, 0], [1e4, -1e4, 0]]); // prettier-ignore
      const dx = k.zeros(2, 3);
      expect(k.softmaxCrossEntropy(dx, x, whole(k, [0, 1]))).toBe(1e4);
      expectClose(toRows(dx), [[0, 0, 0], [0.5, -0.5, 0]], 0); // prettier-ignore
    });

    it('is ln V when all V logits are equal, whatever their value', () => {
      for (const logit of [0, 50, -1e4]) {
        const x = matrix(k, [new Array<number>(42).fill(logit)]);
        expectClose(k.softmaxCrossEntropy(null, x, whole(k, [7])), Math.log(42), tolerance);
      }
    });

    it.each([1e8, 1e12, 1e17])('is ln 2 when both logits are %p: they take none of its digits', (logit) => {
      const loss = k.softmaxCrossEntropy(null, matrix(k, [[logit, logit]]), whole(k, [1]));
      expectClose(loss, Math.LN2, 1e-15);
    });

    it('has all digits of ln V when its sum is exactly V', () => {
      for (const V of [1, 2, 3, 5, 42, 1000, 5003]) {
        const loss = k.softmaxCrossEntropy(null, k.zeros(1, V), whole(k, [V - 1]));
        expectClose(loss, Math.log(V), 1e-14);
      }
    });

    it('ignores the label of a masked row', () => {
      const dx = k.zeros(2, 3);
      const loss = k.softmaxCrossEntropy(dx, k.zeros(2, 3), whole(k, [-1, 2]), vector(k, [0, 1]));
      expectClose(loss, Math.log(3), tolerance);
      expectClose(toRows(dx), [[0, 0, 0], [1 / 3, 1 / 3, -2 / 3]], tolerance); // prettier-ignore
    });

    it.each([-1, 3, 2 ** 31 - 1, -(2 ** 31)])('rejects the label %i of 3 classes', (label) => {
      const call = () => k.softmaxCrossEntropy(null, k.zeros(2, 3), whole(k, [0, label]));
      expect(call).toThrow(RangeError);
      expect(call).toThrow(`softmaxCrossEntropy: there is no row ${label}; the rows are 0 to 2`);
    });
  });

  describe('binaryCrossEntropy(dx, x, y)', () => {
    it('does not overflow at logits of ±10⁴', () => {
      const [x, y] = [matrix(k, [[1e4, -1e4, 1e4, -1e4]]), matrix(k, [[1, 0, 0, 1]])];
      const dx = k.zeros(1, 4);
      expect(k.binaryCrossEntropy(dx, x, y)).toBe(5e3);
      expectClose(toRows(dx), [[0, 0, 0.25, -0.25]], 0);
    });

    it('keeps the digits of a small loss', () => {
      // ln(1 + e⁻²⁰) ≈ e⁻²⁰ = 2.0611536e-9, while 1 - σ(20) has lost most digits.
      for (const logit of [0, 0.125, 0.5, 1, 3, 7.75, 20, 80]) {
        for (const [x, y] of [
          [logit, 1],
          [-logit, 0],
        ] as const) {
          // prettier-ignore
          const loss = k.binaryCrossEntropy(null, matrix(k, [[x]]), matrix(k, [[y]]));
          expect(Math.abs(loss / Math.log1p(Math.exp(-logit)) - 1)).toBeLessThan(1e-6);
        }
      }
    });
  });
});

describe.each(losses)('$name', ({ run }) => {
  it('has a derivative that agrees with finite differences', () =>
    forAll(caseOf(3, 4), (c) => {
      const k = float64;
      const [x, dx, weights] = [matrix(k, c.x), k.zeros(3, 4), vector(k, c.weights)];
      run(k, dx, x, c, weights);
      expect(checkGradient(() => run(k, null, x, c, weights), x, dx).error).toBeLessThan(1e-7);
    }));
});
