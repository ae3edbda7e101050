/** What kind of table a file has, found out from its first lines. */
import { DataError } from '../errors.js';
import { quote } from '../quote.js';
import { separatorOf, splitFields, type Separator } from './fields.js';
import { isMissing, isNumberLike, numberFormOf, numberOf, type NumberForm } from './numbers.js';
import { clockIn, timeIn, type DateOrder } from './times.js';

export interface TableForm {
  readonly separator: Separator;
  readonly numbers: NumberForm;
  /** Lines before the readings: comments, blank lines and the names of the columns. */
  readonly skipped: number;
  /** The fields of every line. */
  readonly columns: number;
  /** The columns of numbers: their places in a line and their names. */
  readonly values: readonly Column[];
  /** Where the times are; null: the table has none. */
  readonly times: TimeColumns | null;
}

export interface Column {
  readonly place: number;
  readonly name: string;
}

export interface TimeColumns {
  readonly place: number;
  /** A column of its own for the time of the day; null: it is with the date. */
  readonly clock: number | null;
  /** Seconds or milliseconds since 1970, in milliseconds; null: they are dates. */
  readonly unit: number | null;
  readonly order: DateOrder;
  /** The time from one reading to the next, most often, in milliseconds; NaN if there is none. */
  readonly step: number;
}

type Kind = 'number' | 'time' | 'clock' | 'text';

/** The lines that are looked at. */
const LOOKED = 20_000;
/** Columns with such names have the seconds since 1970. */
const EPOCH = /time|date|unix|epoch|^ts$/i;

/**
 * @param lines  the first lines of a file, or all of them
 * @param source the file's name in messages
 * @throws DataError when they are no table with a column of numbers
 */
export function tableFormOf(lines: readonly string[], source: string): TableForm {
  const first = lines.findIndex((line) => line.trim() !== '' && !/^[#%]|^sep=.$/i.test(line));
  if (first < 0) throw new DataError(`${source} is empty: it has no readings`);
  const head = lines.slice(first, first + LOOKED).filter((line) => line.trim() !== '');
  const separator = separatorOf(head.slice(0, 200));
  const rows = head.map((line) => splitFields(line, separator));
  const columns = rows[0]!.length;
  const whole = rows.filter((row) => row.length === columns);
  const below = whole.length > 1 ? whole.slice(1) : whole;

  const some = below.slice(0, 1000);
  const numbers = numberFormOf(some.flat(), separator ?? '');
  const kinds = Array.from({ length: columns }, (_, place) =>
    kindOf(
      some.map((row) => row[place]!),
      numbers,
    ),
  );
  const hasHeader = whole.length > 1 && kinds.some((kind, place) => isName(rows[0]![place]!, kind, numbers));
  const readings = hasHeader ? below : whole;
  const fieldsOf = (place: number) => readings.map((row) => row[place]!);
  const names = rows[0]!.map((name, place) => (hasHeader ? name : `column ${place + 1}`));
  const times = timesOf(kinds, names, fieldsOf, hasHeader);
  const values = names
    .map((name, place) => ({ place, name }))
    .filter(({ place, name }) => kinds[place] === 'number' && name !== '' && place !== times?.place);
  if (values.length === 0) {
    throw new DataError(
      `${source}, line ${first + 1}: no column of numbers in ${quote(lines[first]!)}; a table has a line of names, ` +
        'then a line for each reading',
    );
  }
  return { separator, numbers, skipped: first + (hasHeader ? 1 : 0), columns, values, times };
}

/** What most fields of a column are. One that has only missing numbers so far is of numbers. */
function kindOf(fields: readonly string[], numbers: NumberForm): Kind {
  const known = fields.filter((field) => !isMissing(field));
  const most = known.length / 2;
  const countOf = (is: (field: string) => boolean) => known.filter(is).length;
  if (known.length === 0 || countOf((field) => numberOf(field, numbers) !== null) > most) {
    const isDate =
      known.length > 0 && countOf((field) => /^(19|20)\d{6}$/.test(field) && isTime(field)) > most;
    return isDate ? 'time' : 'number';
  }
  if (countOf(isTime) > most) return 'time';
  return countOf(isClock) > most ? 'clock' : 'text';
}

const bytesOf = (text: string) => new TextEncoder().encode(text);
const isTime = (field: string) =>
  (['dmy', 'mdy'] as const).some((order) => !Number.isNaN(timeIn(bytesOf(field), 0, field.length, order)));
const isClock = (field: string) => !Number.isNaN(clockIn(bytesOf(field), 0, field.length));

/** Whether a field above a column of this kind is a name and not of this kind. */
function isName(field: string, kind: Kind, numbers: NumberForm): boolean {
  if (isMissing(field)) return false;
  if (kind === 'number') return numberOf(field, numbers) === null && !isNumberLike(field);
  return kind === 'time' ? !isTime(field) : kind === 'clock' && !isClock(field);
}

/** The first column of times, with the one beside it if that has the times of the day. */
function timesOf(
  kinds: readonly Kind[],
  names: readonly string[],
  fieldsOf: (place: number) => string[],
  hasHeader: boolean,
): TimeColumns | null {
  const place = kinds.indexOf('time');
  if (place >= 0) {
    const dates = fieldsOf(place);
    const isBare = dates.slice(0, 100).every((field) => !/\d[ T]+\d?\d:|\d{10}/.test(field));
    const clock = isBare && kinds[place + 1] === 'clock' ? place + 1 : null;
    const clocks = clock === null ? null : fieldsOf(clock);
    const [dmy, mdy] = (['dmy', 'mdy'] as const).map((order) => rhythmOf(timesIn(dates, clocks, order)));
    const order = mdy!.regular > dmy!.regular ? 'mdy' : 'dmy';
    return { place, clock, unit: null, order, step: (order === 'mdy' ? mdy! : dmy!).step };
  }
  const epoch = hasHeader
    ? kinds.findIndex((kind, n) => kind === 'number' && EPOCH.test(names[n]!) && isEpoch(fieldsOf(n)))
    : -1;
  if (epoch < 0) return null;
  const unit = fieldsOf(epoch)[0]!.length >= 13 ? 1 : 1000;
  const { step } = rhythmOf(fieldsOf(epoch).map((field) => Number(field) * unit));
  return { place: epoch, clock: null, unit, order: 'dmy', step };
}

const isEpoch = (fields: readonly string[]) => fields.every((field) => /^1\d{9}(\d{3}|\.\d+)?$/.test(field));

function timesIn(dates: readonly string[], clocks: readonly string[] | null, order: DateOrder): number[] {
  return dates.map((field, n) => {
    const date = timeIn(bytesOf(field), 0, field.length, order);
    return clocks ? date + clockIn(bytesOf(clocks[n]!), 0, clocks[n]!.length) : date;
  });
}

/** The most frequent distance of a time from the one before, and how often it occurs. */
function rhythmOf(times: readonly number[]): { step: number; regular: number } {
  const counts = new Map<number, number>();
  // What is no time is refused when it is read.
  const known = times.filter((time) => !Number.isNaN(time));
  known.slice(1).forEach((time, n) => {
    const distance = time - known[n]!;
    if (distance > 0) counts.set(distance, (counts.get(distance) ?? 0) + 1);
  });
  let [step, regular] = [NaN, 0];
  for (const [distance, count] of counts) if (count > regular) [step, regular] = [distance, count];
  return { step, regular };
}
