/**
 * Whether the wide build is faster here: whether V8 joins its pairs of vectors to 256 bits.
 *
 * V8 does so from Node 24 on, on x64 with AVX2. (Node 22 accepts the flag and computes wrong results.) Without AVX2, the
 * sums of six rows spill to memory. So a measurement of less than a millisecond tells.
 */
import { takesFlags, v8Version } from './webAssembly.js';

/** The part of the module's exports that is measured. See assembly/tile.ts. */
interface Exports {
  tilesOfSix: (count: number, ...args: number[]) => void;
  tilesOfOne: (count: number, ...args: number[]) => void;
}

/** Whether it is worth trying. */
export const mayBeWide = takesFlags && process.arch === 'x64' && v8Version >= 13.6;

const K = 256;
const COLUMNS = 16;
/**
 * A tile of six rows must be this much faster than six tiles of one, whose sums wait for each other. It is 2.8 times with
 * AVX2 (1.4 at least while another thread shares the core), 1.2 without.
 */
const FASTER = 1.3;
/** Where it is not, this many measurements say so: some milliseconds. */
const ROUNDS = 40;

/** @param exports an instance of the wide build, optimized */
export function isFasterWide(exports: unknown): boolean {
  const { tilesOfSix, tilesOfOne } = exports as Exports;
  const [a, b, out] = [0, 6 * K, 6 * K + K * COLUMNS].map((entry) => 4 * entry) as [number, number, number];
  const time = (tiles: Exports['tilesOfSix'], count: number) => {
    const start = performance.now();
    for (let call = 0; call < 20; call++) {
      tiles(count, out, 4 * COLUMNS, a, 4 * K, 4, b, 4 * COLUMNS, K, COLUMNS, 0, 0);
    }
    return performance.now() - start;
  };
  // The least of several: other work only adds to a time.
  let [six, ones] = [Infinity, Infinity];
  for (let round = 0; round < ROUNDS && FASTER * six >= ones; round++) {
    six = Math.min(six, time(tilesOfSix, 1));
    ones = Math.min(ones, time(tilesOfOne, 6));
  }
  return FASTER * six < ones;
}
