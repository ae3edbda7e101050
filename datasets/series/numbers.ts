/** Numbers in tables, read from their bytes: a file may have a hundred million of them. */
import { quotient } from './quotient.js';

/** How a table writes its numbers. */
export interface NumberForm {
  /** The sign before the decimals. */
  readonly decimal: ',' | '.';
}

export const [ZERO, MINUS, COMMA, POINT] = [48, 45, 44, 46] as const;
const [NINE, PLUS] = [57, 43];

/** What tables have in place of a number that is missing. */
const MISSING = /^(|\?|-+|\.+|\*|n[/.]?a\.?|n\/e|nan|null|none|nil|missing|#n\/a|#value!)$/i;

/** The longest field that can be a number. */
const LONGEST = 60;

/** Powers of ten that float64 holds exactly. */
export const POWERS = Float64Array.from({ length: 23 }, (_, n) => Number(`1e${n}`));

/** So many digits are always a whole number below 2^53. */
const EXACT = 15;

/** Whether a field says that there is no number. */
export const isMissing = (text: string): boolean => MISSING.test(text.trim());

/**
 * The number in a field; NaN if it is missing, null if the field is no number.
 *
 * Its digits are read as a whole number m, and the result is m / 10^k. Both are exact as long as m has at most 15
 * digits and k is at most 22, so that the quotient has the only rounding, as it should. (Clinger 1990.) With up to
 * 30 digits, m is m·10^j + n.
 * @param to exclusive
 */
export function numberIn(bytes: Uint8Array, from: number, to: number, form: NumberForm): number | null {
  const sign = form.decimal === ',' ? COMMA : POINT;
  let at = from;
  const isNegative = bytes[at] === MINUS;
  if (isNegative || bytes[at] === PLUS) at++;
  let m = 0;
  let n = 0;
  let decimals = 0;
  let digits = 0;
  let isDecimal = false;
  for (; at < to; at++) {
    const byte = bytes[at]!;
    if (byte >= ZERO && byte <= NINE) {
      if (digits < EXACT) m = m * 10 + (byte - ZERO);
      else n = n * 10 + (byte - ZERO);
      digits++;
      if (isDecimal) decimals++;
    } else if (byte === sign && !isDecimal) isDecimal = true;
    else break;
  }
  if (at === to && digits > 0 && digits <= 2 * EXACT && decimals <= 22) {
    const divisor = POWERS[decimals]!;
    const value = digits <= EXACT ? m / divisor : quotient(m, POWERS[digits - EXACT]!, n, divisor);
    if (!Number.isNaN(value)) return isNegative ? -value : value;
  }
  return to - from > LONGEST ? null : numberOf(asciiText(bytes, from, to), form);
}

/** The same of a text, which may have exponents, and thousands set apart by the other sign, a space or an apostrophe. */
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
