/**
 * Whether the wide build is faster here: whether V8 joins its pairs of vectors to 256 bits.
 *
 * V8 does so from Node 24 on, on x64 with AVX2. (Node 22 accepts the flag and computes wrong results.) Without AVX2, a tile
 * of six rows is slower than three of two; with it, it takes half their time. So a measurement of less than a
 * millisecond tells.
 */
import { takesFlags, v8Version } from './webAssembly.js';

/** The part of the module's exports that is measured. */
interface Exports {
  useScratch: (address: number) => void;
  gemm: (...args: number[]) => void;
  SCRATCH_BYTES: { value: number };
}

/** Whether it is worth trying. */
export const mayBeWide = takesFlags && process.arch === 'x64' && v8Version >= 13.6;

const K = 256;
const N = 16;
/** Six rows in one tile must be this much faster than in three. It is 2.1 times with AVX2, 1.1 at most without. */
const FASTER = 1.5;
/** Where it is not, this many measurements say so: some milliseconds. */
const ROUNDS = 40;

/** @param exports an instance of the wide build, optimized */
export function isFasterWide(exports: unknown): boolean {
  const { useScratch, gemm, SCRATCH_BYTES } = exports as Exports;
  const [a, b, out] = [0, 6 * K, 6 * K + K * N].map((entry) => SCRATCH_BYTES.value + 4 * entry);
  useScratch(0);
  const time = (rows: number, calls: number) => {
    const start = performance.now();
    for (let call = 0; call < calls; call++) gemm(out!, N, a!, K, 1, b!, N, 1, rows, N, K, 0);
    return performance.now() - start;
  };
  // The least of several: other work only adds to a time.
  let [six, two] = [Infinity, Infinity];
  for (let round = 0; round < ROUNDS && FASTER * six >= two; round++) {
    six = Math.min(six, time(6, 20));
    two = Math.min(two, time(2, 60));
  }
  return FASTER * six < two;
}
