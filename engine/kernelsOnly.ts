/**
 * Which passes may be recorded.
 *
 * Kernels can record the calls of a pass once and then replay them, much faster and on several threads. This
 * is correct only if the pass does nothing but call kernels: a loop over `.data`, a counter or a clock would
 * run during recording and never again. This cannot be detected, so it is declared. Passes without the
 * declaration are called as usual.
 *
 * The declaration holds for this object with these functions: `{ ...lstm, forward() {} }` has to make its own.
 */

import { requireChoice, show } from './checks.js';

/** What an object may declare. */
export type Pass = 'forward' | 'backward' | 'accumulate';

const PASSES: readonly Pass[] = ['forward', 'backward', 'accumulate'];

const declared = new WeakMap<object, ReadonlyMap<Pass, unknown>>();

/**
 * Declares that the passes of a cell, a loss or a node, or a function,
 *
 * - only call kernels, with the same arguments each time (for a node: while `prepare` returns the same
 *   number), and return at most the loss of one kernel, unchanged;
 * - treat each example by itself in `forward` and `backward`: row m of a tensor belongs to example m mod B,
 *   and threads share the examples. In `accumulate` they share the columns of the sums;
 * - write no parameters.
 *
 * Where that does not hold, leave the declaration out: the pass is then called at each step, on one thread.
 * @param passes those for which it holds. Default: all that `value` has
 * @returns the value itself
 * @throws TypeError when it is no object and no function; RangeError when there is no such pass
 */
export function kernelsOnly<T extends object>(value: T, passes: readonly Pass[] = PASSES): T {
  if (!isObject(value))
    throw new TypeError(`kernelsOnly needs a function or an object of passes, not ${show(value)}`);
  if (!Array.isArray(passes)) throw new TypeError(`kernelsOnly: passes is an array, not ${show(passes)}`);
  for (const pass of passes as readonly Pass[]) requireChoice('kernelsOnly: a pass', pass, PASSES);
  declared.set(value, new Map((passes as readonly Pass[]).map((pass) => [pass, passOf(value, pass)])));
  return value;
}

/** The passes that an object has declared, and that are still the same functions. */
export function declaredPasses(value: object): Pass[] {
  const passes = [...(declared.get(value) ?? [])];
  return passes.filter(([pass, is]) => is && is === passOf(value, pass)).map(([pass]) => pass);
}

const isObject = (value: unknown) =>
  (typeof value === 'object' && value !== null && !(value instanceof Promise)) || typeof value === 'function';

const passOf = (value: object, pass: Pass) => (value as Partial<Record<Pass, unknown>>)[pass];

/** Whether a function has been declared. */
export const isKernelsOnly = (work: object): boolean => declared.has(work);
