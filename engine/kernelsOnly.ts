/**
 * Which passes may be recorded.
 *
 * Kernels can record the calls of a pass once and then replay them, much faster and on several threads. This
 * is correct only if the pass does nothing but call the same kernels each time: a loop over `.data`, a
 * counter or a clock would run during recording and never again. This cannot be detected, so it is declared.
 * Passes without the declaration are called as usual.
 *
 * The mark is on the function, not on its object: the forward of `{ ...lstm, forward() {} }` is unmarked.
 */
const marked = new WeakSet<object>();

const PASSES = ['forward', 'backward', 'accumulate'] as const;

/**
 * Declares that a function, or the `forward`, `backward` and `accumulate` of a cell, a loss or a node, only
 * call kernels, with the same arguments each time (for a node: while `prepare` returns the same number).
 * @returns the value itself
 */
export function kernelsOnly<T extends object>(value: T): T {
  if (typeof value === 'function') marked.add(value);
  for (const name of PASSES) {
    const pass = (value as Partial<Record<string, unknown>>)[name];
    if (typeof pass === 'function') marked.add(pass);
  }
  return value;
}

/** Marks `work`, which calls a pass of `owner` and kernels, if that pass is marked. */
export function kernelsOnlyAs<P extends string, T extends object>(
  owner: Partial<Record<P, object>>,
  pass: P,
  work: T,
): T {
  return isKernelsOnly(owner[pass]) ? kernelsOnly(work) : work;
}

/** Whether a function may be recorded. */
export const isKernelsOnly = (work: object | undefined): boolean => marked.has(work!);
