/** A product with a prepacked matrix is bit-identical to one that packs it itself. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { columns, createRandom, kernelsOnly, transpose, type Tensor } from '../../engine/index.js';
import { wasmKernels } from '../../engine/wasm/index.js';
import { forAll } from '../properties.js';

const subjects = [
  await wasmKernels(1, ['simd']),
  await wasmKernels(1, ['relaxed']),
  await wasmKernels(1, ['wide']),
];

interface Case {
  readonly M: number;
  readonly N: number;
  readonly K: number;
  /** Whether b is stored transposed, as the weights of a backward pass are. */
  readonly turned: boolean;
  readonly accumulate: boolean;
  /** Columns of other weights on both sides of b. */
  readonly gap: number;
}

const size = fc.integer({ min: 1, max: 40 });
const cases: fc.Arbitrary<Case> = fc.record({
  ...{ M: size, N: size, K: size, turned: fc.boolean(), accumulate: fc.boolean() },
  gap: fc.constantFrom(0, 3),
});

/** Beyond the blocks of 1024 columns and 256 terms, and 128 rows. */
const large = [
  [3, 17, 257],
  [5, 270, 300],
  [131, 513, 20],
  [9, 40, 1030],
  [80, 1050, 20],
] as const;

const random = createRandom(1, 'operands');
const pool = Float32Array.from({ length: 50_000 }, () => random.normal());

/** Random numbers, different for each seed. */
function fillFrom(seed: number, { data }: Tensor<Float32Array>): void {
  for (let n = 0; n < data.length; n++) data[n] = pool[(n + 997 * seed) % pool.length]!;
}

const bitsOf = ({ data }: Tensor<Float32Array>) => Buffer.from(data.slice().buffer);

describe.each(subjects.filter((kernels) => kernels !== null))('a plan of $name', (k) => {
  function compare({ M, N, K, turned, accumulate, gap }: Case): void {
    const [height, width] = turned ? [N, K] : [K, N];
    const weights = k.zeros(height, width + 2 * gap);
    const stored = columns(weights, gap, gap + width);
    const b = turned ? transpose(stored) : stored;
    // Two products, or nothing would be packed: one of few rows and one of many, which read b in different
    // ways.
    const operands = () =>
      [M, M + 9].map((rows, n) => {
        const [out, a] = [k.zeros(rows, N), k.zeros(rows, K)];
        [out, a].forEach((t, m) => fillFrom(2 * n + m, t));
        return { out, a };
      });
    const [called, planned] = [operands(), operands()];
    const work = () => planned.forEach(({ out, a }) => k.matmul(out, a, b, accumulate));
    const plan = k.plan([{ partition: 1, work: [kernelsOnly(work)] }], weights);
    // The weights change from one run to the next.
    for (const seed of [10, 11]) {
      fillFrom(seed, weights);
      for (const { out, a } of called) k.matmul(out, a, b, accumulate);
      plan();
      planned.forEach(({ out }, n) => expect(bitsOf(out).equals(bitsOf(called[n]!.out))).toBe(true));
    }
  }

  it('multiplies by packed weights as by the originals: all small sizes', () => forAll(cases, compare));

  it.each(large)('multiplies by packed weights as by the originals: [%i, %i], %i terms', (M, N, K) => {
    for (const turned of [false, true]) compare({ M, N, K, turned, accumulate: turned, gap: 0 });
  });
});
