/** An optimizer step on several threads, each on a range of the flat arrays. */
import type { Arena } from '../arena.js';
import type { ThreadPool } from './threadPool.js';

/** Ranges are multiples of this many entries, so that no vector of four is split. */
const GRAIN = 16;
/** Below this many entries, one thread finishes before another would start. */
const FEW = 16_384;
/** Words for a call: length, function, pointers, N, up to four float64 numbers, and the end. */
const WORDS = 24;

/**
 * Calls a function of the module on all entries of its arrays.
 * @param pointers  addresses of the arrays, N entries each
 * @param constants the arguments after N
 */
export type ParallelFor = (
  name: string,
  pointers: readonly number[],
  N: number,
  constants: readonly number[],
) => void;

export function parallelForOn(
  arena: Arena,
  numbers: Readonly<Record<string, number>>,
  pool: ThreadPool,
): ParallelFor {
  const calls = Array.from({ length: pool.threads }, () => arena.int32(WORDS));
  const programs = calls.map((words) => words.byteOffset);
  const first = programs.slice(0, 1);
  const wide = new Float64Array(1);
  const halves = new Int32Array(wide.buffer);

  return (name, pointers, N, constants) => {
    const parts = N < FEW ? 1 : calls.length;
    const size = Math.ceil(N / parts / GRAIN) * GRAIN;
    for (let part = 0; part < parts; part++) {
      const words = calls[part]!;
      const from = Math.min(N, part * size);
      let n = 1;
      words[n++] = numbers[name]!;
      for (const pointer of pointers) words[n++] = pointer + 4 * from;
      words[n++] = Math.min(N, from + size) - from;
      for (const constant of constants) {
        wide[0] = constant;
        words[n++] = halves[0]!;
        words[n++] = halves[1]!;
      }
      words[0] = n;
      words[n] = 0;
    }
    pool.replay(parts === 1 ? first : programs);
  };
}
