/**
 * Seeded random numbers: xoshiro128** 1.1 (Blackman and Vigna, "Scrambled linear pseudorandom number
 * generators", ACM TOMS 47, 2021), seeded by SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
 * A seed gives the same numbers on every machine: all but `normal` use integer arithmetic only.
 *
 * Each purpose (weights, shuffling, sampling ...) has its own independent stream, so an extra draw for one
 * does not change the numbers of another. A stream's seed is a hash of (seed, purpose).
 */
import { hasMembers, requireText, requireWhole, show } from './checks.js';
import { InputError } from './errors.js';
import type { FloatArray } from './tensor.js';

const { imul, log, sqrt } = Math;

/** The generator's state: four 32-bit words. */
export type RandomState = readonly [number, number, number, number];

/** A stream of random numbers that can be saved and restored. */
export interface Random {
  /** A whole number, 0 to 2³²-1. */
  bits(): number;
  /** A number in [0, 1), a multiple of 2⁻⁵³. */
  uniform(): number;
  /** A number from the standard normal distribution (polar method; Marsaglia and Bray, SIAM Review 1964). */
  normal(): number;
  /** A whole number, 0 to n-1, each equally likely. @throws RangeError unless n is one of 1 .. 2³² */
  integer(n: number): number;
  /** The numbers 0 to n-1 in random order (Fisher and Yates). */
  permutation(n: number): Int32Array;
  /** The current state, for `restore`. */
  state(): RandomState;
  /** Continues from a state that `state()` returned. */
  restore(state: RandomState): void;
}

/**
 * A generator for one purpose.
 * @param seed   a whole number, 0 or more
 * @param stream the purpose; different purposes are independent. Default '', a purpose of its own
 * @throws InputError when the seed is not such a number; TypeError when the stream is no string
 */
export function createRandom(seed: number, stream = ''): Random {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new InputError(`a seed is a whole number from 0 to ${Number.MAX_SAFE_INTEGER}, not ${show(seed)}`);
  }
  requireText('createRandom: stream', stream);
  return fromState(seedState(BigInt(seed) ^ fnv1a(stream)));
}

/** A generator that continues from a saved state. @throws InputError when it is no such state, or all 0 */
export function fromState(state: RandomState): Random {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  restore(state);

  function restore(state: RandomState): void {
    if (!isState(state)) throw new InputError('a random state is four whole numbers, not all 0');
    [s0, s1, s2, s3] = state as [number, number, number, number];
  }

  function bits(): number {
    const product = imul(s1, 5);
    const result = imul((product << 7) | (product >>> 25), 9) >>> 0;
    const t = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = (s3 << 11) | (s3 >>> 21);
    return result;
  }

  const uniform = () => ((bits() >>> 5) * 2 ** 26 + (bits() >>> 6)) / 2 ** 53;

  // The polar method yields a second number; dropping it keeps the state at four words.
  const one = new Float64Array(1);
  function normal(): number {
    fillNormal(one, random);
    return one[0]!;
  }

  function integer(n: number): number {
    if (!Number.isInteger(n) || n < 1 || n > 2 ** 32) {
      throw new RangeError(`integer: n must be a whole number from 1 to 2³², not ${show(n)}`);
    }
    // Rejects the last, incomplete run of n among the 2³² values, which would favour small numbers.
    const limit = 2 ** 32 - (2 ** 32 % n);
    for (;;) {
      const value = bits();
      if (value < limit) return value % n;
    }
  }

  function permutation(n: number): Int32Array {
    requireWhole('permutation: n', n, 0);
    const order = Int32Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = integer(i + 1);
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    return order;
  }

  const random: Random = {
    ...{ bits, uniform, normal, integer, permutation, restore },
    state: () => [s0, s1, s2, s3],
  };
  return random;
}

/** Words of 32 bits, with or without a sign. */
function isState(state: unknown): boolean {
  const isWord = (word: unknown) => Number.isInteger(word) && (word as number) >= -(2 ** 31);
  const words: readonly unknown[] = Array.isArray(state) ? state : [];
  const fits = words.every((word) => isWord(word) && (word as number) < 2 ** 32);
  return words.length === 4 && fits && words.some((word) => word !== 0);
}

/** Whether it draws numbers like `createRandom`. */
export const isRandom = (value: unknown): value is Random => hasMembers(value, 'uniform', 'normal', 'bits');

/** Fills x from the standard normal distribution: `normal` for many, which uses both numbers of each pair. */
export function fillNormal(x: FloatArray, random: Random): void {
  for (let n = 0; n < x.length; n += 2) {
    let u: number, v: number, square: number;
    do {
      u = 2 * random.uniform() - 1;
      v = 2 * random.uniform() - 1;
      square = u * u + v * v;
    } while (square === 0 || square >= 1);
    const factor = sqrt((-2 * log(square)) / square);
    x[n] = u * factor;
    if (n + 1 < x.length) x[n + 1] = v * factor;
  }
}

const wrap = (x: bigint) => BigInt.asUintN(64, x);

/** Two outputs of SplitMix64, as four words. */
function seedState(seed: bigint): RandomState {
  let x = wrap(seed);
  const next = () => {
    x = wrap(x + 0x9e3779b97f4a7c15n);
    let z = x;
    z = wrap((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
    z = wrap((z ^ (z >> 27n)) * 0x94d049bb133111ebn);
    return z ^ (z >> 31n);
  };
  const [a, b] = [next(), next()];
  const low = (z: bigint) => Number(z & 0xffffffffn) | 0;
  return [low(a), low(a >> 32n), low(b), low(b >> 32n)];
}

/** FNV-1a, 64 bit; 0 for the empty name. (Fowler, Noll and Vo.) */
function fnv1a(name: string): bigint {
  if (name === '') return 0n;
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(name)) hash = wrap((hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash;
}
