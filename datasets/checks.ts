/** Checks of arguments: each error names the function and what it was given. */

/** What was passed, short enough for a message. */
function show(value: unknown): string {
  if (value instanceof Promise) return 'a promise; await it';
  if (typeof value === 'string') return `"${value.slice(0, 40)}"`;
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

/** @throws TypeError that names the function, the argument and what it must be */
export function requireThat(of: string, fits: boolean, what: string, value: unknown): void {
  if (!fits) throw new TypeError(`${of}: ${what}, not ${show(value)}`);
}

/** @throws TypeError unless they are bytes, such as a file's */
export function requireBytes(of: string, bytes: unknown): void {
  requireThat(of, bytes instanceof Uint8Array, 'bytes must be a Uint8Array', bytes);
}

/** @throws TypeError unless they are the bytes of a file, and its name in messages */
export function requireFile(of: string, bytes: unknown, source: unknown): void {
  requireBytes(of, bytes);
  requireText(of, 'source', source);
}

/** @throws TypeError unless it is a string */
export function requireText(of: string, name: string, value: unknown): void {
  requireThat(of, typeof value === 'string', `${name} must be a string`, value);
}

/** @throws RangeError unless it is a whole number, 0 or more */
export function requireWhole(of: string, name: string, value: unknown): void {
  if (!Number.isSafeInteger(value) || (value as number) < 0)
    throw new RangeError(`${of}: ${name} must be a whole number of at least 0, not ${show(value)}`);
}

/** Whether it is an array of strings. */
export const isWords = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((word) => typeof word === 'string');
