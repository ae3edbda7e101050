import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { referenceKernels } from '../../engine/reference/index.js';
import { columns, transpose } from '../../engine/tensor.js';
import { wasmKernels } from '../../engine/wasm/index.js';
import { loadBuild } from '../../engine/wasm/platform/load.js';
import {
  entries,
  expectClose,
  expectUntouched,
  implementations,
  randomNumbers,
  SEED,
  SENTINEL,
  window,
} from './products.js';

const orientations = [
  { name: 'NN', aTransposed: false, bTransposed: false },
  { name: 'NT', aTransposed: false, bTransposed: true },
  { name: 'TN', aTransposed: true, bTransposed: false },
  { name: 'TT', aTransposed: true, bTransposed: true },
];

it('Node runs the kernels without relaxed SIMD, with it where it fuses, and wide where V8 joins vectors', async () => {
  const relaxed = (await loadBuild(['relaxed'])) ? ['wasm-relaxed-simd'] : [];
  const wide = (await loadBuild(['wide'])) ? ['wasm-relaxed-simd-256'] : [];
  expect(implementations.map((kernels) => kernels.name)).toEqual([
    'reference-float32',
    'wasm-simd',
    ...relaxed,
    ...wide,
  ]);
});

describe.each(implementations)('matmul(out, a, b) of $name', (kernels) => {
  describe.each(orientations)('$name', ({ aTransposed, bTransposed }) => {
    const size = fc.integer({ min: 0, max: 40 });
    const margin = fc.integer({ min: 0, max: 5 });

    /** Windows of wider matrices: a and b surrounded by NaN, out by sentinels. */
    function operands(M: number, K: number, N: number, left: number, right: number, seed: number) {
      const random = randomNumbers(seed);
      const aStored = window(kernels, aTransposed ? [K, M] : [M, K], left, right, NaN, random);
      const bStored = window(kernels, bTransposed ? [N, K] : [K, N], right, left, NaN, random);
      const out = window(kernels, [M, N], left, right, SENTINEL, random);
      return {
        a: aTransposed ? transpose(aStored.view) : aStored.view,
        b: bTransposed ? transpose(bStored.view) : bStored.view,
        out,
      };
    }

    function expectProduct(
      M: number,
      K: number,
      N: number,
      left: number,
      right: number,
      accumulate: boolean,
      seed: number,
    ) {
      const { a, b, out } = operands(M, K, N, left, right, seed);
      const start = entries(out.view);
      kernels.matmul(out.view, a, b, accumulate);
      expectClose(out.view, a, b, accumulate ? start : start.map(() => 0));
      expectUntouched(out.whole, [M, N], left);
    }

    it('equals the float64 product for all small sizes, inside windows of wider matrices', () => {
      fc.assert(fc.property(size, size, size, margin, margin, fc.boolean(), fc.nat(), expectProduct), {
        seed: SEED,
        numRuns: 250,
      });
    });

    it('equals the float64 product across the edges of its blocks', () => {
      for (const [M, K, N] of [
        [129, 257, 17],
        [7, 1030, 49],
        [130, 20, 273],
        [3, 8000, 5],
        [17, 512, 64],
        [80, 30, 1030],
        [1, 260, 1100],
      ]) {
        expectProduct(M!, K!, N!, 0, 0, false, SEED);
        expectProduct(M!, K!, N!, 3, 1, true, SEED);
      }
    });

    it('is bit-identical at every call', () => {
      const { a, b, out } = operands(37, 300, 43, 1, 2, SEED);
      kernels.matmul(out.view, a, b);
      const first = entries(out.view);
      kernels.matmul(out.view, a, b);
      expect(entries(out.view)).toEqual(first);
    });

    it('gives every entry the same bits however rows and columns are partitioned', () => {
      const [M, K, N] = [23, 300, 45];
      const { a, b, out } = operands(M, K, N, 2, 3, SEED);
      kernels.matmul(out.view, a, b);
      const whole = entries(out.view);
      fc.assert(
        fc.property(fc.integer({ min: 0, max: M }), fc.integer({ min: 0, max: N }), (m, n) => {
          kernels.fill(out.view, NaN);
          for (const [top, bottom] of [
            [0, m],
            [m, M],
          ] as const) {
            for (const [from, to] of [
              [0, n],
              [n, N],
            ] as const) {
              const part = columns(out.view, from, to)
                .hi(bottom, to - from)
                .lo(top, 0);
              kernels.matmul(part, a.hi(bottom, K).lo(top, 0), columns(b, from, to));
            }
          }
          expect(entries(out.view)).toEqual(whole);
        }),
        { seed: SEED, numRuns: 40 },
      );
    });

    it('is 0 if K is 0, or leaves out unchanged with accumulate', () => {
      const { a, b, out } = operands(5, 0, 7, 1, 1, SEED);
      const start = entries(out.view);
      kernels.matmul(out.view, a, b, true);
      expect(entries(out.view)).toEqual(start);
      kernels.matmul(out.view, a, b);
      expect(entries(out.view)).toEqual(new Array(35).fill(0));
      expectUntouched(out.whole, [5, 7], 1);
    });

    it('keeps an infinity in its row', () => {
      const { a, b, out } = operands(4, 6, 5, 0, 0, SEED);
      a.set(2, 3, Infinity);
      kernels.fill(b, 1);
      kernels.matmul(out.view, a, b);
      for (let m = 0; m < 4; m++) {
        for (let n = 0; n < 5; n++) expect(Number.isFinite(out.view.get(m, n))).toBe(m !== 2);
      }
    });
  });

  it('throws a RangeError with the shapes when they do not fit', () => {
    const [a, b] = [kernels.zeros(2, 3), kernels.zeros(4, 5)];
    expect(() => kernels.matmul(kernels.zeros(2, 5), a, b)).toThrow(
      new RangeError('matmul: [2, 3] times [4, 5] does not give [2, 5]'),
    );
  });
});

describe.each(implementations.slice(1))('the arena of $name', (kernels) => {
  it('is the only one whose tensors matmul accepts', async () => {
    const foreign = [referenceKernels(Float32Array), (await wasmKernels(1, ['simd']))!];
    for (const other of foreign) {
      for (let n = 0; n < 3; n++) {
        const [out, a, b] = [0, 1, 2].map((i) => (i === n ? other : kernels).zeros(2, 2));
        expect(() => kernels.matmul(out!, a!, b!)).toThrow(/^matmul: a tensor was made by other kernels/);
      }
    }
  });

  it('throws a RangeError when neither the rows nor the columns of out are dense', () => {
    const out = kernels.zeros(4, 8).step(2, 2);
    expect(() => kernels.matmul(out, kernels.zeros(2, 3), kernels.zeros(3, 4))).toThrow(
      new RangeError('matmul: out has strides 16 and 2; one of them must be 1'),
    );
  });
});
