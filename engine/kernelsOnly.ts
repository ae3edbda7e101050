/**
 * Which passes may be recorded.
 *
 * Kernels can write the calls of a pass down once and replay them ever after, much faster and on several threads. That
 * is right only where a pass does nothing but call kernels, the same ones each time: a loop over `.data`, a counter or a
 * clock would be run while recording and never again. Nobody can see that from outside, so it is declared. What is not
 * declared is run as it is written.
 *
 * The mark is on the function, not on the object that has it: `{ ...lstm, forward() {} }` has a forward without one.
 */
const marked = new WeakSet<object>();

const PASSES = ['forward', 'backward', 'accumulate'] as const;

/**
 * Declares that a function, or the `forward`, `backward` and `accumulate` of a cell, a loss or a node, do nothing but
 * call kernels, with the same arguments each time (for a node: as long as `prepare` returns the same number).
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

/** Declares the same of `work` as of a pass of `owner`, which `work` calls beside kernels. */
export function kernelsOnlyAs<P extends string, T extends object>(
  owner: Partial<Record<P, object>>,
  pass: P,
  work: T,
): T {
  const inner = owner[pass];
  return inner && marked.has(inner) ? kernelsOnly(work) : work;
}

/** Whether a function may be recorded. */
export const isKernelsOnly = (work: object): boolean => marked.has(work);
