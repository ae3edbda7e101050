/** Writes programs, sequences of calls that the module replays. See assembly/program.ts. */
import type { Arena } from '../platform/arena.js';
import type { Call } from './record.js';

/** Functions whose last argument is a float32. */
const REAL = new Set(['fill', 'scale', 'clamp', 'softmax', 'normalize']);

/** Writes a program into the arena. @returns its address */
export function writeProgram(
  arena: Arena,
  numbers: Readonly<Record<string, number>>,
  calls: readonly Call[],
): number {
  // Each call: length, function, arguments. A length of 0 ends the program.
  const words = arena.int32(calls.reduce((sum, { args }) => sum + 2 + args.length, 1));
  const reals = new Float32Array(words.buffer, words.byteOffset, words.length);
  let n = 0;
  for (const { name, args } of calls) {
    words[n] = 2 + args.length;
    words[n + 1] = numbers[name]!;
    words.set(args, n + 2);
    n += 2 + args.length;
    if (REAL.has(name)) reals[n - 1] = args.at(-1)!;
  }
  return words.byteOffset;
}

/** The number of each function, by name: the members of the enum Op, which the module exports. */
export function functionNumbers(exports: Readonly<Record<string, unknown>>): Record<string, number> {
  const members = Object.entries(exports).filter(([name]) => name.startsWith('Op.'));
  return Object.fromEntries(
    members.map(([name, global]) => [name.slice('Op.'.length), (global as { value: number }).value]),
  );
}
