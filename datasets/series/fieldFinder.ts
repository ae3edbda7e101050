/**
 * The places of the wanted fields in a line, as bytes: most time of reading a large table is spent here. The rule for
 * quotes is that of quotedFields.ts, except that a quote must be closed in its line.
 */
import type { Column, TableForm } from './tableForm.js';

const [QUOTE, SPACE, TAB] = [34, 32, 9];
export const RETURN = 13;

/** @param end the byte that ends a line */
export function createFieldFinder({ separator, columns, times }: TableForm, { place }: Column, end: number) {
  const sign = separator === null ? -1 : separator.charCodeAt(0);
  const [dateAt, clockAt] = [times?.place ?? -1, times?.clock ?? -1];
  /** Begin and end of the value, the date and the time of the day, then the end of the line. */
  const found = new Int32Array(7);

  function keep(n: number, from: number, to: number): void {
    found[n] = from;
    found[n + 1] = to;
  }

  /** Finds the fields of the line from `at` on. @returns what is wrong with it; null: nothing */
  function split(bytes: Uint8Array, at: number): string | null {
    let count = 0;
    let from = at;
    let isQuoted = false;
    for (; ; at++) {
      const byte = bytes[at];
      if (byte === QUOTE) {
        if (!isQuoted) isQuoted = isFirst(bytes, from, at);
        else if (bytes[at + 1] === QUOTE) at++;
        else isQuoted = false;
      } else if (byte === end || (byte === sign && !isQuoted)) {
        // Spaces before a field or at the end of the line separate nothing.
        const isNone = sign === SPACE && (at === from || (byte === end && isBlankEnd(bytes, from, at)));
        if (!isNone) {
          if (count === place) keep(0, from, at);
          if (count === dateAt) keep(2, from, at);
          if (count === clockAt) keep(4, from, at);
          count++;
        }
        from = at + 1;
        if (byte === end) break;
      }
    }
    found[6] = at;
    if (isQuoted) return 'a quote that is not closed in its line';
    if (count === columns) return null;
    return `${count} columns, but the first line has ${columns}; get a new copy, or remove the line`;
  }

  return { split, found };
}

/** Whether what begins at `from` has only spaces before `at`. */
function isFirst(bytes: Uint8Array, from: number, at: number): boolean {
  while (at > from && bytes[at - 1] === SPACE) at--;
  return at === from;
}

/** Whether a line that ends at `at` has nothing after `from` but the first half of CRLF. */
const isBlankEnd = (bytes: Uint8Array, from: number, at: number) => at === from + 1 && bytes[from] === RETURN;

/** Moves the ends of field n inward over white space and quotes. */
export function trim(bytes: Uint8Array, found: Int32Array, n: number): void {
  let from = found[n]!;
  let to = found[n + 1]!;
  while (from < to && isAround(bytes[from]!)) from++;
  while (from < to && isAround(bytes[to - 1]!)) to--;
  found[n] = from;
  found[n + 1] = to;
}

const isAround = (byte: number) => byte === SPACE || byte === RETURN || byte === QUOTE || byte === TAB;
