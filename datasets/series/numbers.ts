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
const POWERS = Float64Array.from({ length: 23 }, (_, n) => Number(`1e${n}`));

/** So many digits are always a whole number below 2^31, with which machines reckon fastest. */
export const PART = 9;
/** So many are always one below 2^53. */
const EXACT = 15;

/** Whether a field says that there is no number. */
export const isMissing = (text: string): boolean => MISSING.test(text.trim());

/**
 * The number in a field; NaN if it is missing, null if the field is no number.
 *
 * Its digits are read as a whole number, and the result is that by 10^k.
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
      if (digits < PART) m = (Math.imul(m, 10) + byte - ZERO) | 0;
      else n = (Math.imul(n, 10) + byte - ZERO) | 0;
      digits++;
      if (isDecimal) decimals++;
    } else if (byte === sign && !isDecimal) isDecimal = true;
    else break;
  }
  if (at === to && digits > 0) {
    const value = fraction(m, n, digits, decimals);
    if (!Number.isNaN(value)) return isNegative ? -value : value;
  }
  return to - from > LONGEST ? null : numberOf(asciiText(bytes, from, to), form);
}

/**
 * The number with these digits, of which `decimals` are behind the point. Up to 15 digits and up to 10^22 all numbers
 * are exact, so that the quotient has the only rounding, as it should. (Clinger 1990.)
 * @param m      the number of the first nine digits
 * @param n      that of the others
 * @param digits how many there are, 1 or more
 * @returns NaN if there are more than 18, or it needs more of them to be rounded rightly
 */
export function fraction(m: number, n: number, digits: number, decimals: number): number {
  if (digits <= PART) return m / POWERS[decimals]!;
  if (digits > 2 * PART) return NaN;
  const scale = POWERS[digits - PART]!;
  if (digits <= EXACT) return (m * scale + n) / POWERS[decimals]!;
  return quotient(m, scale, n, POWERS[decimals]!);
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
