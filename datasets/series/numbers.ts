/** Numbers in tables, read from their bytes: a file may have a hundred million of them. */
import { quotient } from './quotient.js';

/** How a table writes its numbers. */
export interface NumberForm {
  /** The sign before the decimals. */
  readonly decimal: ',' | '.';
}

export const [ZERO, MINUS, COMMA, POINT] = [48, 45, 44, 46] as const;
const PLUS = 43;

/** What tables have in place of a number that is missing. */
const MISSING = /^(|\?|-+|\.+|\*|n[/.]?a\.?|n\/e|nan|null|none|nil|missing|#n\/a|#value!)$/i;

/** The longest field that can be a number. */
const LONGEST = 60;

/** Powers of ten that float64 holds exactly. */
export const POWERS = Float64Array.from({ length: 23 }, (_, n) => Number(`1e${n}`));

/** So many digits are always a whole number below 2^31, with which machines reckon fastest. */
export const PART = 9;
/** So many are always one below 2^53. */
const EXACT = 15;

/** Whether a field says that there is no number. */
export const isMissing = (text: string): boolean => MISSING.test(text.trim());

/**
 * The number in a field; NaN if it is missing, null if the field is no number.
 *
 * Digits with a point are read here; all else that may be a number by `numberOf`, which is slower.
 * @param to exclusive
 */
export function numberIn(bytes: Uint8Array, from: number, to: number, form: NumberForm): number | null {
  const sign = form.decimal === ',' ? COMMA : POINT;
  let at = from;
  const isNegative = bytes[at] === MINUS;
  if (isNegative || bytes[at] === PLUS) at++;
  const first = at;
  let point = -1;
  for (; at < to; at++) {
    if ((bytes[at]! - ZERO) >>> 0 <= 9) continue;
    if (bytes[at] !== sign || point >= 0) break;
    point = at;
  }
  const value = at < to ? NaN : digitsIn(bytes, first, to, point);
  if (!Number.isNaN(value)) return isNegative ? -value : value;
  return to - from > LONGEST ? null : numberOf(asciiText(bytes, from, to), form);
}

/**
 * The number in digits with at most one point among them. Up to 15 digits and up to 10^22 all numbers are exact, so
 * that the quotient has the only rounding, as it should. (Clinger 1990.)
 * @param point the place of the point; -1: there is none
 * @returns NaN if there are no digits, or more than 18, or if it needs more of them to be rounded rightly
 */
export function digitsIn(bytes: Uint8Array, from: number, to: number, point: number): number {
  const digits = to - from - (point < 0 ? 0 : 1);
  if (digits < 1 || digits > 2 * PART) return NaN;
  const divisor = POWERS[point < 0 ? 0 : to - point - 1]!;
  // m: the first nine digits, n: the others.
  let at = from;
  let m = 0;
  for (let left = Math.min(digits, PART); left > 0; at++) {
    if (at === point) continue;
    m = (Math.imul(m, 10) + bytes[at]! - ZERO) | 0;
    left--;
  }
  if (digits <= PART) return m / divisor;
  let n = 0;
  for (; at < to; at++) if (at !== point) n = (Math.imul(n, 10) + bytes[at]! - ZERO) | 0;
  const scale = POWERS[digits - PART]!;
  return digits <= EXACT ? (m * scale + n) / divisor : quotient(m, scale, n, divisor);
}

/**
 * `numberIn` of a text, which may have exponents, and thousands set apart by the other sign, a space or an
 * apostrophe.
 */
export function numberOf(text: string, { decimal }: NumberForm): number | null {
  const field = text.trim();
  if (isMissing(field)) return NaN;
  const [, head = '', tail = ''] = /^([^eE]*)([eE][-+]?\d+)?$/.exec(field) ?? [];
  const [whole = '', decimals, ...more] = head.split(decimal);
  const grouped = decimal === ',' ? /^[-+]?\d{1,3}(?:[.' ]\d{3})+$/ : /^[-+]?\d{1,3}(?:[,' ]\d{3})+$/;
  const plain = grouped.test(whole) ? whole.replace(/[.,' ]/g, '') : whole;
  if (more.length > 0 || !/^[-+]?\d*$/.test(plain) || !/^\d*$/.test(decimals ?? '')) return null;
  if (!/\d/.test(plain + (decimals ?? ''))) return null;
  const value = Number(`${plain}.${decimals || '0'}${tail}`.replace(/^([-+]?)\./, '$10.'));
  return Number.isFinite(value) ? value : null;
}

/** A field as text, one character per byte. */
export function asciiText(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, Math.min(to, from + 200)));
}

/** Whether a text looks like a number in some form. */
export const isNumberLike = (text: string): boolean =>
  /\d/.test(text) && (numberOf(text, { decimal: '.' }) !== null || numberOf(text, { decimal: ',' }) !== null);

/**
 * The form of a table's numbers. A comma between digits is a decimal one if a number has it after a point, or if the
 * digits behind it are no group of three, or the ones before it are a 0; in doubt, as in 3,807, tables whose fields
 * are not separated by commas have it.
 */
export function numberFormOf(fields: readonly string[], separator: string): NumberForm {
  const withComma = fields.filter((field) => field.includes(',') && isNumberLike(field));
  if (withComma.length === 0) return { decimal: '.' };
  const decided = withComma.find((field) => field.includes('.'));
  if (decided) return { decimal: decided.lastIndexOf(',') > decided.lastIndexOf('.') ? ',' : '.' };
  const grouped = withComma.every((field) => /^[-+]?[1-9]\d{0,2}(?:,\d{3})+$/.test(field.trim()));
  const several = withComma.some((field) => field.split(',').length > 2);
  return { decimal: grouped && (several || separator === ',') ? '.' : ',' };
}
