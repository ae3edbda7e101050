import { describe, expect, it } from '@jest/globals';
import {
  createRandom,
  orthogonal,
  transpose,
  type Kernels,
  type Random,
  type Tensor,
} from '../../engine/index.js';
import { drawByGramSchmidt } from '../../engine/orthonormal/gramSchmidt.js';
import { drawByReflections } from '../../engine/orthonormal/reflections.js';
import { fillNormal } from '../../engine/random.js';
import { float64, onOneThread } from '../kernels.js';
import { entries, expectClose, toRows } from '../tensors.js';

/** |q qᵀ - I|, the largest entry. */
function errorOf(q: Tensor): number {
  const vectors = toRows(q).map((row) => Float64Array.from(row));
  let error = 0;
  vectors.forEach((u, r) => {
    for (let s = 0; s <= r; s++) {
      const v = vectors[s]!;
      let sum = r === s ? -1 : 0;
      for (let c = 0; c < u.length; c++) sum += u[c]! * v[c]!;
      error = Math.max(error, Math.abs(sum));
    }
  });
  return error;
}

function reflected(k: Kernels, n: number, m: number, seed = 1): Tensor {
  const q = k.zeros(n, m);
  drawByReflections(q, createRandom(seed), k);
  return q;
}

/** From the last row up: a random direction u, and the reflection of d e_0 to u in all rows below. */
function oneByOne(n: number, m: number, random: Random): number[][] {
  const q = Array.from({ length: n }, () => new Array<number>(m).fill(0));
  for (let first = n - 1; first >= 0; first--) {
    const u = new Float64Array(m - first);
    fillNormal(u, random);
    const norm = Math.hypot(...u);
    u.forEach((x, c) => (q[first]![first + c] = u[c] = x / norm));
    const w = u.map((x, c) => (c > 0 ? x : x + Math.sign(x)));
    const squares = w.reduce((sum, x) => sum + x * x, 0);
    for (const row of q.slice(first + 1)) {
      const inner = w.reduce((sum, x, c) => sum + x * row[first + c]!, 0);
      w.forEach((x, c) => (row[first + c]! -= (2 * inner * x) / squares));
    }
  }
  return q;
}

describe.each(onOneThread)('orthogonal on $name', ({ kernels }) => {
  const limit = kernels === float64 ? 1e-13 : 1e-6;

  it.each([
    [1, 1],
    [1, 300],
    [127, 127],
    [128, 200],
    [129, 129],
    [143, 150],
    [144, 144],
    [145, 301],
    [150, 600],
  ])('has orthonormal rows, %i x %i, and columns when it is tall', (n, m) => {
    const [wide, tall] = [kernels.zeros(n, m), kernels.zeros(m, n)];
    for (const t of [wide, tall]) {
      kernels.fill(t, NaN);
      orthogonal(t, createRandom(2), kernels);
    }
    expect(errorOf(wide)).toBeLessThan(limit);
    expect(errorOf(transpose(tall))).toBeLessThan(limit);
  });

  it('fills the part of the parameters that it is given, and nothing else', () => {
    const all = kernels.zeros(3 * 130, 130);
    kernels.fill(all, 7);
    orthogonal(all.hi(260, 130).lo(130, 0), createRandom(2), kernels);
    expect(errorOf(all.hi(260, 130).lo(130, 0))).toBeLessThan(limit);
    expect(entries(all).filter((entry) => entry === 7)).toHaveLength(2 * 130 * 130);
  });

  it.each([
    [50, 50],
    [130, 200],
  ])('gives the numbers of float64, rounded, %i x %i', (n, m) => {
    const [t, expected] = [kernels.zeros(n, m), float64.zeros(n, m)];
    orthogonal(t, createRandom(3), kernels);
    orthogonal(expected, createRandom(3), float64);
    expectClose(entries(t), entries(expected), n <= 128 ? 3e-8 : 1e-6);
  });
});

describe('drawByReflections(q, random, k)', () => {
  it.each([
    [1, 1],
    [1, 9],
    [15, 15],
    [16, 16],
    [16, 40],
    [17, 17],
    [31, 33],
    [32, 32],
    [33, 70],
  ])('makes the rows orthonormal at the borders of a block, %i x %i', (n, m) => {
    expect(errorOf(reflected(float64, n, m))).toBeLessThan(1e-14);
  });

  it.each([
    [5, 7],
    [40, 40],
    [37, 61],
  ])('applies a block of reflections like one reflection after another, %i x %i', (n, m) => {
    expectClose(toRows(reflected(float64, n, m)), oneByOne(n, m, createRandom(1)), 1e-13);
  });

  it('does not depend on the kernels, up to rounding', () => {
    const expected = entries(reflected(float64, 40, 50));
    for (const { kernels } of onOneThread) expectClose(entries(reflected(kernels, 40, 50)), expected, 1e-6);
  });
});

describe.each<[string, (q: Tensor, random: Random) => void]>([
  ['drawByGramSchmidt', drawByGramSchmidt],
  ['drawByReflections', (q, random) => drawByReflections(q, random, float64)],
])('%s makes all orientations equally likely', (_, draw) => {
  const random = createRandom(5);
  const matrices = Array.from({ length: 4000 }, () => {
    const q = float64.zeros(3, 3);
    draw(q, random);
    return toRows(q);
  });
  const mean = (f: (q: number[][]) => number) => matrices.reduce((sum, q) => sum + f(q), 0) / matrices.length;

  // On the sphere in 3 dimensions, a coordinate is uniform in [-1, 1].
  it.each([0, 1, 2].flatMap((r) => [0, 1, 2].map((c) => [r, c] as const)))(
    'entry %i, %i has the moments 0, 1/3, 0 and 1/5',
    (r, c) => {
      [0, 1 / 3, 0, 1 / 5].forEach((moment, n) => {
        expect(Math.abs(mean((q) => q[r]![c]! ** (n + 1)) - moment)).toBeLessThan(0.04);
      });
    },
  );

  it('the trace has mean 0 and variance 1', () => {
    const trace = (q: number[][]) => q[0]![0]! + q[1]![1]! + q[2]![2]!;
    expect(Math.abs(mean(trace))).toBeLessThan(0.06);
    expect(Math.abs(mean((q) => trace(q) ** 2) - 1)).toBeLessThan(0.06);
  });

  it('half of the matrices are reflections', () => {
    const determinant = ([a, b, c]: number[][]) =>
      a![0]! * (b![1]! * c![2]! - b![2]! * c![1]!) -
      a![1]! * (b![0]! * c![2]! - b![2]! * c![0]!) +
      a![2]! * (b![0]! * c![1]! - b![1]! * c![0]!);
    expect(Math.abs(mean(determinant))).toBeLessThan(0.06);
  });
});
