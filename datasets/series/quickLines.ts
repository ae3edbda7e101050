/**
 * The quick way for what nearly all lines of a table are: as many fields as the first line has, none of them in
 * quotes, and in the wanted one digits with a point or comma among them. A line of another kind is for the slow
 * way, which finds the fields first.
 */
import { RETURN } from './fieldFinder.js';
import { COMMA, digitsIn, MINUS, PART, POINT, POWERS, ZERO } from './numbers.js';
import type { Column, TableForm } from './tableForm.js';

const [QUOTE, SPACE] = [34, 32];

export interface QuickLines {
  /**
   * Reads the numbers of lines from `at` on into `values` from `count` on, up to a line for the slow way, the end of
   * the values or of the bytes.
   * @returns the count after them
   */
  read(bytes: Uint8Array, at: number, values: Float64Array, count: number): number;
  /** Where the line begins that was not read. */
  next(): number;
}

/** The place after so many fields; -1: the line is for the slow way. */
function skip(bytes: Uint8Array, at: number, fields: number, sign: number, end: number): number {
  for (; fields > 0; at++) {
    if (bytes[at] === sign) fields--;
    else if (bytes[at] === QUOTE || bytes[at] === end) return -1;
  }
  return at;
}

/** The end of a line in which so many fields are to come; -1: the line is for the slow way. */
function endOf(bytes: Uint8Array, at: number, fields: number, sign: number, end: number): number {
  if (fields > 0) {
    if (bytes[at] !== sign) return -1;
    at = skip(bytes, at, fields, sign, end);
    if (at < 0) return -1;
    while (bytes[at] !== end) if (bytes[at] === QUOTE || bytes[at++] === sign) return -1;
  }
  if (bytes[at] !== end && bytes[at] === RETURN) at++;
  return bytes[at] === end ? at : -1;
}

/**
 * @param end the byte that ends a line
 * @returns null for tables whose lines need more than that: those with times, or with spaces between fields
 */
export function createQuickLines(
  { separator, columns, times, numbers }: TableForm,
  { place }: Column,
  end: number,
): QuickLines | null {
  const sign = separator === null ? end : separator.charCodeAt(0);
  if (times || sign === SPACE) return null;
  const written = numbers.decimal === ',' ? COMMA : POINT;
  // Where it separates fields, it ends the digits.
  const decimal = written === sign ? -1 : written;
  const after = columns - 1 - place;
  let begin = 0;

  function read(bytes: Uint8Array, at: number, values: Float64Array, count: number): number {
    for (begin = at; at < bytes.length && count < values.length; begin = at) {
      if (place > 0) at = skip(bytes, at, place, sign, end);
      if (at < 0) break;
      const isNegative = bytes[at] === MINUS;
      if (isNegative) at++;
      const from = at;
      let m = 0;
      let point = -1;
      for (; ; at++) {
        const digit = (bytes[at]! - ZERO) >>> 0;
        if (digit <= 9) m = (Math.imul(m, 10) + digit) | 0;
        else if (bytes[at] === decimal && point < 0) point = at;
        else break;
      }
      const digits = at - from - (point < 0 ? 0 : 1);
      // Most numbers are short; of others m has run over.
      const isShort = digits > 0 && digits <= PART;
      const decimals = point < 0 ? 0 : at - point - 1;
      const value = isShort ? m / POWERS[decimals]! : digitsIn(bytes, from, at, point);
      if (Number.isNaN(value)) break;
      if (bytes[at] !== end || after > 0) at = endOf(bytes, at, after, sign, end);
      if (at < 0) break;
      at++;
      values[count++] = isNegative ? -value : value;
    }
    return count;
  }

  return { read, next: () => begin };
}
