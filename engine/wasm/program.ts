/** Programs: calls in the form in which the module replays them. See assembly/program.ts. */
import type { Arena } from '../arena.js';
import type { Call } from './record.js';

/** The last argument of these is a float32. */
const REAL = new Set(['fill', 'scale', 'clamp']);

/** Writes a program into the arena. @returns its address */
export function writeProgram(
  arena: Arena,
  numbers: Readonly<Record<string, number>>,
  calls: readonly Call[],
): number {
  // Length, function, arguments; and a length of 0 at the end.
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

/** The numbers of the functions, by their names: the members of the enumeration Op, which the module exports. */
export function functionNumbers(exports: Readonly<Record<string, unknown>>): Record<string, number> {
  const members = Object.entries(exports).filter(([name]) => name.startsWith('Op.'));
  return Object.fromEntries(
    members.map(([name, global]) => [name.slice('Op.'.length), (global as { value: number }).value]),
  );
}
