import { describe, expect, it } from '@jest/globals';
import { createRandom, fromState, InputError, type Random, type RandomState } from '../../engine/index.js';
import { fillNormal } from '../../engine/random.js';

const times = (count: number, next: () => number) => Array.from({ length: count }, next);

type Distribution = 'bits' | 'uniform' | 'normal';

const draw = (count: number, random: Random, from: Distribution = 'bits') =>
  times(count, () => random[from]());

const mean = (x: readonly number[]) => x.reduce((sum, value) => sum + value, 0) / x.length;
const moment = (x: readonly number[], power: number) => mean(x.map((value) => value ** power));

function correlation(x: readonly number[], y: readonly number[]): number {
  const [mx, my] = [mean(x), mean(y)];
  const covariance = mean(x.map((value, n) => (value - mx) * (y[n]! - my)));
  return covariance / Math.sqrt((moment(x, 2) - mx ** 2) * (moment(y, 2) - my ** 2));
}

describe('fromState(state).bits()', () => {
  it.each<[string, RandomState, number[]]>([
    ['rand_xoshiro', [1, 2, 3, 4], [11520, 0, 5927040, 70819200, 2031721883, 1637235492]],
    [
      'edorfaus/xoshiro-6502',
      [0x964d4a0c, 0xd40ab895, 0xad7fdecb, 0x3006f0f0],
      [0xf1391922, 0x6fe53806, 0xa5be2840, 0xf510ee70],
    ],
  ])("gives the numbers of the authors' C program, as recorded by %s", (_, state, numbers) => {
    expect(draw(numbers.length, fromState(state))).toEqual(numbers);
  });
});

describe('createRandom(seed, stream)', () => {
  it('gives the same numbers for the same seed and stream', () => {
    const numbers = () => draw(20, createRandom(7, 'weights'));
    expect(numbers()).toEqual(numbers());
  });

  it('fills the state by SplitMix64, and hashes the name of the stream by FNV-1a', () => {
    // Computed by another program. A seed must give the same numbers in later versions.
    expect(draw(3, createRandom(1))).toEqual([1695105466, 1423115009, 634581793]);
    expect(draw(3, createRandom(1, 'weights'))).toEqual([3055455180, 1022303609, 3170361173]);
  });

  it.each([
    ['two streams of one seed', createRandom(1, 'weights'), createRandom(1, 'shuffle')],
    ['two neighbouring seeds', createRandom(1), createRandom(2)],
    ['seeds that differ in a high bit', createRandom(1), createRandom(1 + 2 ** 52)],
  ])('makes %s independent', (_, a, b) => {
    // The correlation of independent numbers deviates from 0 by about 1/√n = 0.005.
    expect(Math.abs(correlation(draw(40_000, a, 'uniform'), draw(40_000, b, 'uniform')))).toBeLessThan(0.02);
  });

  it('does not change a stream when drawing from another', () => {
    const weights = createRandom(3, 'weights');
    const alone = draw(5, createRandom(3, 'weights'));
    createRandom(3, 'shuffle').permutation(100);
    expect(draw(5, weights)).toEqual(alone);
  });

  it.each([-1, 1.5, NaN, Infinity, 2 ** 53])('rejects the seed %p', (seed) => {
    expect(() => createRandom(seed)).toThrow(InputError);
    expect(() => createRandom(seed)).toThrow('a seed is a whole number');
  });
});

describe('random.uniform()', () => {
  const x = draw(100_000, createRandom(11), 'uniform');

  it('stays in [0, 1)', () => {
    expect(x.every((value) => value >= 0 && value < 1)).toBe(true);
  });

  it('has the moments of the uniform distribution', () => {
    for (const power of [1, 2, 3, 4]) expect(moment(x, power)).toBeCloseTo(1 / (power + 1), 2);
  });
});

describe('random.normal()', () => {
  it('has mean 0, variance 1, skewness 0 and kurtosis 3', () => {
    const x = draw(100_000, createRandom(12), 'normal');
    expect(Math.abs(mean(x))).toBeLessThan(0.01);
    expect(Math.abs(moment(x, 2) - 1)).toBeLessThan(0.02);
    expect(Math.abs(moment(x, 3))).toBeLessThan(0.05);
    expect(Math.abs(moment(x, 4) - 3)).toBeLessThan(0.15);
  });
});

describe('fillNormal(x, random)', () => {
  function filled(count: number, random: Random): number[] {
    const x = new Float64Array(count);
    fillNormal(x, random);
    return Array.from(x);
  }

  it('has mean 0, variance 1, skewness 0 and kurtosis 3', () => {
    const x = filled(100_000, createRandom(12));
    expect(Math.abs(mean(x))).toBeLessThan(0.01);
    expect(Math.abs(moment(x, 2) - 1)).toBeLessThan(0.02);
    expect(Math.abs(moment(x, 3))).toBeLessThan(0.05);
    expect(Math.abs(moment(x, 4) - 3)).toBeLessThan(0.15);
  });

  it('draws the two numbers of a pair independently', () => {
    const x = filled(100_000, createRandom(13));
    const [first, second] = [0, 1].map((half) => x.filter((_, n) => n % 2 === half));
    expect(Math.abs(correlation(first!, second!))).toBeLessThan(0.015);
    const squares = [first!, second!].map((half) => half.map((value) => value ** 2));
    expect(Math.abs(correlation(squares[0]!, squares[1]!))).toBeLessThan(0.015);
  });

  it('starts each pair with the number that normal() draws, also the last of an odd length', () => {
    const random = createRandom(14);
    const x = filled(7, createRandom(14));
    expect([x[0], x[2], x[4], x[6]]).toEqual(times(4, () => random.normal()));
  });
});

describe('random.integer(n)', () => {
  it('gives every number below n equally often', () => {
    const counts = new Array<number>(6).fill(0);
    const random = createRandom(13);
    for (let n = 0; n < 60_000; n++) counts[random.integer(6)]!++;
    // χ² with 5 degrees of freedom exceeds 20.5 once in a thousand.
    const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquare).toBeLessThan(20.5);
  });

  it('does not favour small numbers when n is a large part of 2³²', () => {
    // bits() modulo 3·2³⁰ would fall below 2³⁰ in half of the cases instead of a third.
    const random = createRandom(14);
    const small = times(30_000, () => Number(random.integer(3 * 2 ** 30) < 2 ** 30));
    expect(Math.abs(mean(small) - 1 / 3)).toBeLessThan(0.01);
  });

  it('accepts n = 2³²: every value of bits()', () => {
    const [a, b] = [createRandom(15), createRandom(15)];
    expect(times(50, () => a.integer(2 ** 32))).toEqual(draw(50, b));
  });

  it('is 0 for n = 1', () => {
    expect(times(10, () => createRandom(16).integer(1))).toEqual(new Array(10).fill(0));
  });

  it.each([0, -1, 2.5, 2 ** 32 + 1, NaN])('rejects n = %p', (n) => {
    expect(() => createRandom(16).integer(n)).toThrow(RangeError);
  });
});

describe('random.permutation(n)', () => {
  it.each([0, 1, 2, 1000])('contains each of 0 .. n-1 once, n = %i', (n) => {
    const sorted = createRandom(17).permutation(n).sort();
    expect(Array.from(sorted)).toEqual(Array.from({ length: n }, (_, i) => i));
  });

  it('gives all 6 orders of 3 equally often', () => {
    const random = createRandom(18);
    const counts = new Map<string, number>();
    for (let n = 0; n < 12_000; n++) {
      const order = random.permutation(3).join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0);
    expect(counts.size).toBe(6);
    expect(chiSquare).toBeLessThan(20.5);
  });
});

describe('random.state() and random.restore(state)', () => {
  const each: [string, (random: Random) => unknown][] = [
    ['bits', (random) => random.bits()],
    ['uniform', (random) => random.uniform()],
    ['normal', (random) => random.normal()],
    ['permutation', (random) => Array.from(random.permutation(9))],
  ];

  it.each(each)('bring back the numbers of %s()', (_, next) => {
    const random = createRandom(19);
    next(random);
    const state = random.state();
    const first = [next(random), next(random)];
    random.restore(state);
    expect([next(random), next(random)]).toEqual(first);
    const copy = fromState(JSON.parse(JSON.stringify(state)) as RandomState);
    expect([next(copy), next(copy)]).toEqual(first);
  });

  it.each([[[0, 0, 0, 0]], [[1, 2, 3]], [[1, 2, 3, 0.5]]])('reject the state %p', (state) => {
    expect(() => fromState(state as unknown as RandomState)).toThrow(InputError);
    expect(() => createRandom(1).restore(state as unknown as RandomState)).toThrow(InputError);
  });
});
