import { describe, expect, it } from '@jest/globals';
import { cells } from '../../cells/index.js';
import {
  blocks,
  createRandom,
  glorotUniform,
  normal,
  orthogonal,
  tensor,
  uniform,
  zeros,
  type Initializer,
} from '../../engine/index.js';
import { allKernels, float64 } from '../kernels.js';
import { entries, expectClose, toRows } from '../tensors.js';

function initialized(initialize: Initializer, shape: number[], seed = 1) {
  const t = float64.zeros(...shape);
  float64.fill(t, NaN);
  initialize(t, createRandom(seed), float64);
  return t;
}

const variance = (x: readonly number[]) => x.reduce((sum, value) => sum + value ** 2, 0) / x.length;

describe('zeros', () => {
  it('sets every entry to 0', () => {
    expect(entries(initialized(zeros, [2, 3]))).toEqual([0, 0, 0, 0, 0, 0]);
  });
});

describe.each<[string, Initializer, [number, number], number]>([
  ['uniform()', uniform(), [100, 300], 0.05],
  ['uniform(0.5)', uniform(0.5), [100, 300], 0.5],
  ['glorotUniform', glorotUniform, [100, 300], Math.sqrt(6 / 400)],
  ['glorotUniform of a tall matrix', glorotUniform, [1500, 20], Math.sqrt(6 / 1520)],
])('%s', (_, initialize, shape, limit) => {
  const x = entries(initialized(initialize, shape));

  it('stays within its limit and gets close to it', () => {
    const largest = Math.max(...x.map(Math.abs));
    expect(largest).toBeLessThanOrEqual(limit);
    expect(largest).toBeGreaterThan(0.999 * limit);
  });

  it('has the variance of the uniform distribution, limit²/3', () => {
    expect(Math.abs(variance(x) / (limit ** 2 / 3) - 1)).toBeLessThan(0.03);
  });
});

describe('normal(deviation)', () => {
  it.each([
    [normal(), 0.05],
    [normal(2), 2],
  ])('has this deviation, by default that of Keras', (initialize, deviation) => {
    const x = entries(initialized(initialize, [100, 300]));
    expect(Math.abs(Math.sqrt(variance(x)) / deviation - 1)).toBeLessThan(0.02);
  });
});

describe('blocks(...values)', () => {
  it('fills equal blocks with their values', () => {
    expect(entries(initialized(blocks(0, 1, 5), [6]))).toEqual([0, 0, 1, 1, 5, 5]);
  });

  it("gives the LSTM's forget gate, and no other gate, a bias of 1", () => {
    const { shape, initialize } = cells.lstm.parameters(4, 2).b;
    const b = entries(initialized(initialize, [...shape]));
    const byGate = Object.fromEntries(cells.lstm.gates.map((gate, n) => [gate, b.slice(2 * n, 2 * n + 2)]));
    expect(byGate).toEqual({ i: [0, 0], f: [1, 1], g: [0, 0], o: [0, 0] });
  });
});

describe('orthogonal', () => {
  const identity = (n: number) =>
    Array.from({ length: n }, (_, r) => Array.from({ length: n }, (_, c) => (r === c ? 1 : 0)));
  const products = (vectors: number[][]) =>
    vectors.map((u) => vectors.map((v) => u.reduce((sum, ui, n) => sum + ui * v[n]!, 0)));
  const transposed = (x: number[][]) => x[0]!.map((_, c) => x.map((row) => row[c]!));

  it.each([
    [1, 1],
    [128, 128],
    [16, 64],
    [1, 40],
  ])('has orthonormal rows, %i x %i', (R, C) => {
    expectClose(products(toRows(initialized(orthogonal, [R, C]))), identity(R), 1e-14);
  });

  it.each([
    [128, 128],
    [64, 16],
    [40, 1],
  ])('has orthonormal columns, %i x %i', (R, C) => {
    expectClose(products(transposed(toRows(initialized(orthogonal, [R, C])))), identity(C), 1e-14);
  });

  it('is as often a reflection as a rotation', () => {
    const determinants = Array.from({ length: 400 }, (_, seed) => {
      const [a, b, c, d] = entries(initialized(orthogonal, [2, 2], seed));
      return a! * d! - b! * c!;
    });
    const rotations = determinants.filter((determinant) => determinant > 0).length;
    expect(Math.abs(rotations - 200)).toBeLessThan(50);
  });
});

describe.each(Object.entries({ uniform: uniform(), normal: normal(), glorotUniform, orthogonal }))(
  '%s is fixed by the seed',
  (_, initialize) => {
    it('on every number type, up to rounding', () => {
      const expected = entries(initialized(initialize, [6, 8], 3));
      for (const { kernels } of allKernels) {
        const t = kernels.zeros(6, 8);
        initialize(t, createRandom(3), kernels);
        expectClose(entries(t), expected, 1e-7);
      }
    });

    it('and differs from seed to seed', () => {
      expect(entries(initialized(initialize, [6, 8], 3))).not.toEqual(
        entries(initialized(initialize, [6, 8], 4)),
      );
    });

    it('and rejects a tensor with gaps', () => {
      const gaps = tensor(new Float64Array(12), 3, 4).hi(3, 2);
      expect(() => initialize(gaps, createRandom(3), float64)).toThrow('not dense');
    });
  },
);
