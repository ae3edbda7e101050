/**
 * Dates and times in tables: `2011-01-01 00:15:00`, `2015-01-01T00:00:00+01:00`, `31.12.2014 23:45`,
 * `12/31/2014 11:45 PM`, `31-Dec-2014`, `20141231`, the beginning of `01.01.2015 00:00 - 01.01.2015 01:00`.
 *
 * A time is read as groups of digits, whatever separates them; the first three are the date.
 */

/** The order of year, month and day in dates of digits. A date that begins with four digits begins with its year. */
export type DateOrder = 'dmy' | 'mdy';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAY = 86_400_000;

const [ZERO, NINE, SPACE, PLUS, MINUS, COLON, POINT, COMMA] = [48, 57, 32, 43, 45, 58, 46, 44];
const isLetter = (byte: number) => (byte | 32) >= 97 && (byte | 32) <= 122;

/** The groups of a field: their values, digits, and the byte before each. */
const group = {
  values: new Float64Array(10),
  digits: new Uint8Array(10),
  before: new Uint8Array(10),
  count: 0,
};

/** What a field says besides its groups. */
interface Marks {
  /** The group that is the name of a month; -1: none. */
  month: number;
  /** 12-hour clock: hours to add, and whether there is one. */
  half: 'am' | 'pm' | null;
  /** Milliseconds that the clock is ahead of UTC. */
  ahead: number;
}

/**
 * The time in a field, in milliseconds as of `Date.UTC`; NaN if it is none. A time without an offset is taken as it
 * is, whatever the place's clock.
 * @param to exclusive
 */
export function timeIn(bytes: Uint8Array, from: number, to: number, order: DateOrder): number {
  const marks = split(bytes, from, to);
  if (!marks) return NaN;
  const { values, digits } = group;
  if (group.count < 3) return NaN;
  const isYearFirst = digits[0] === 4;
  const named = marks.month;
  const isMonthFirst = named === 0 || (named < 0 && order === 'mdy');
  const [y, m, d] = isYearFirst ? [0, 1, 2] : isMonthFirst ? [2, 0, 1] : [2, 1, 0];
  if (digits[y]! !== 4 && digits[y]! !== 2) return NaN;
  const century = digits[y] === 4 ? 0 : values[y]! < 70 ? 2000 : 1900;
  const date = dateOf(values[y]! + century, values[m]!, values[d]!);
  return group.count === 3 ? date : date + clockOfGroups(3, marks.half) - marks.ahead;
}

/** The time of the day in a field of its own, such as 17:24:00, in milliseconds; NaN if it is none. */
export function clockIn(bytes: Uint8Array, from: number, to: number): number {
  const marks = split(bytes, from, to);
  if (!marks || group.count < 2 || group.before[1] !== COLON) return NaN;
  return clockOfGroups(0, marks.half) - marks.ahead;
}

/** Splits a field into groups of digits; a month's name is a group too. @returns null if it is no time */
function split(bytes: Uint8Array, from: number, to: number): Marks | null {
  const marks: Marks = { month: -1, half: null, ahead: 0 };
  const { values, digits, before } = group;
  group.count = 0;
  for (let at = from, last = 0; at < to;) {
    const byte = bytes[at]!;
    if (byte >= ZERO && byte <= NINE) {
      if (group.count === 8) return null;
      let [value, length] = [0, 0];
      for (; at < to && bytes[at]! >= ZERO && bytes[at]! <= NINE; at++, length++)
        value = value * 10 + bytes[at]! - ZERO;
      if (length > 9) return null;
      const n = group.count++;
      values[n] = value;
      digits[n] = length;
      before[n] = last;
      if (n === 0 && length === 8) separateDate(value);
    } else if (isLetter(byte)) {
      const start = at;
      while (at < to && isLetter(bytes[at]!)) at++;
      if (!takeWord(bytes, start, at, marks)) return null;
    } else {
      if (byte === 40) return marks; // the name of a time zone in brackets
      const isTime = group.count >= 5;
      if (byte === MINUS && isTime && last === SPACE) return marks; // the end of a range
      if ((byte === PLUS || byte === MINUS) && isTime) return takeOffset(bytes, at, to, marks);
      at++;
    }
    last = byte;
  }
  return marks;
}

/** A month, AM or PM, the T before a time, or the name of a time zone at the end. @returns whether it is one */
function takeWord(bytes: Uint8Array, from: number, to: number, marks: Marks): boolean {
  if (to - from === 1 && group.count === 3) return (bytes[from]! | 32) === 116;
  const word = String.fromCharCode(...bytes.subarray(from, Math.min(to, from + 12))).toLowerCase();
  if (group.count >= 4 && (word === 'am' || word === 'pm')) {
    marks.half = word;
    return true;
  }
  const month = MONTHS.indexOf(word.slice(0, 3));
  if (group.count < 2 && month >= 0 && marks.month < 0 && to - from < 10) {
    const n = group.count++;
    marks.month = n;
    [group.values[n], group.digits[n], group.before[n]] = [month + 1, 2, 0];
    return true;
  }
  return group.count >= 4 && /^(z|utc|gmt|[a-z]{2,4})$/.test(word);
}

/** `+01:00`, `-0330` or `+01` */
function takeOffset(bytes: Uint8Array, at: number, to: number, marks: Marks): Marks | null {
  const text = String.fromCharCode(...bytes.subarray(at, Math.min(to, at + 10)));
  const [, sign, hours, minutes = '0'] = /^([-+])(\d\d):?(\d\d)?\s*$/.exec(text) ?? [];
  if (!sign || Number(minutes) > 59) return null;
  marks.ahead = Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  return marks;
}

/** 20141231 as three groups. */
function separateDate(date: number): void {
  group.values.set([Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100]);
  group.digits.set([4, 2, 2]);
  group.count = 3;
}

/** Milliseconds of the groups hour, minute, second and fraction from `first` on; NaN if they are no time of day. */
function clockOfGroups(first: number, half: 'am' | 'pm' | null): number {
  const { values, digits, before, count } = group;
  const at = (n: number) => (first + n < count ? values[first + n]! : 0);
  const [hour, minute, second, fraction] = [at(0), at(1), at(2), at(3)];
  const sign = before[first + 3];
  if (digits[first]! > 2 || count > first + 4 || (count > first + 3 && sign !== POINT && sign !== COMMA))
    return NaN;
  if (minute > 59 || second > 59 || hour > (half ? 12 : 24) || (half && hour === 0)) return NaN;
  if (hour === 24 && minute + second + fraction > 0) return NaN;
  const shown = half ? (hour % 12) + (half === 'pm' ? 12 : 0) : hour;
  const thousandths = count > first + 3 ? Math.floor((fraction / 10 ** digits[first + 3]!) * 1000) : 0;
  return ((shown * 60 + minute) * 60 + second) * 1000 + thousandths;
}

const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Days since 1970, in milliseconds; NaN if there is no such day. (The Gregorian calendar, from 1 March on.) */
function dateOf(year: number, month: number, day: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const length = month === 2 && isLeap ? 29 : (LENGTHS[month - 1] ?? 0);
  if (day < 1 || day > length) return NaN;
  const y = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const days = 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear;
  return (days - 719_468) * DAY;
}
