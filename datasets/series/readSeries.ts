/**
 * A series of readings at equal distances, from a column of a table: CSV with any separator, decimal comma or point,
 * with names or without, with times in any usual form or none, with readings missing.
 */
import { requireText, requireThat } from '../checks.js';
import { DataError } from '../errors.js';
import { quote } from '../quote.js';
import { fillGaps, trimGaps, type Gaps } from './gaps.js';
import { createGrid, type Grid } from './grid.js';
import { readTable, type Table } from './readTable.js';
import type { Column, TableForm } from './tableForm.js';

export interface Series extends Gaps {
  /** The column's name. */
  readonly column: string;
  /** The names of all columns of numbers. */
  readonly columns: readonly string[];
  /** The time of the first reading, in milliseconds as of `Date.UTC`; null: the table has no times. */
  readonly start: number | null;
  /** From one reading to the next, in milliseconds; null: the table has no times. */
  readonly step: number | null;
  /** What the table has from one reading to the next; other than `step` if readings are means of its own. */
  readonly stepOfFile: number | null;
  /** Readings that shared their time with another. */
  readonly shared: number;
  /** Gaps are filled with straight lines. */
  readonly readings: Float64Array;
  /** `semicolons, decimal commas, dates day first` */
  readonly form: string;
}

/** A quarter of an hour in milliseconds. */
export const QUARTER = 15 * 60_000;
/** Tables with more readings than one in five minutes are read as means of a quarter of an hour. */
const FINEST = 5 * 60_000;

/**
 * A hundred years of quarters of an hour. A stream might never end; and with times, finer readings are averaged as
 * they come, so that a year of seconds is no more than 35,040.
 */
const MOST_READINGS = 3_600_000;

/**
 * Reads one column.
 * @param choice the column's name, or its number among the columns of numbers, 0 for the first; null: the only one;
 *               or a function that gives one of these for the names
 * @param source the file's name in messages
 * @throws DataError naming the line that cannot be read, or the columns that there are
 */
export async function readSeries(
  pieces: AsyncIterable<Uint8Array>,
  choice: string | null | ((columns: readonly string[]) => string | null),
  source: string,
): Promise<Series> {
  const isStream = typeof pieces === 'object' && pieces !== null && Symbol.asyncIterator in pieces;
  requireThat('readSeries', isStream, 'pieces must be a stream of bytes', pieces);
  requireText('readSeries', 'source', source);
  const choose = (columns: readonly Column[]) => {
    const wanted = typeof choice === 'function' ? choice(columns.map(({ name }) => name)) : choice;
    if (wanted !== null) requireText('readSeries', 'choice', wanted);
    return columnOf(columns, wanted, source);
  };
  const table = await readTable(pieces, choose, source);
  const { form } = table;
  const columns = form.values.map(({ name }) => name);
  const facts = { column: table.column.name, columns, form: describe(form) };
  return { ...facts, ...(await (form.times ? timedReadings(table, source) : plainReadings(table, source))) };
}

/** @throws DataError when there is no such column */
export function columnOf(columns: readonly Column[], wanted: string | null, source: string): Column {
  const lower = wanted?.trim().toLowerCase();
  const found =
    wanted === null
      ? columns.length === 1
        ? columns[0]
        : undefined
      : (columns.find(({ name }) => name === wanted) ??
        columns.find(({ name }) => name.toLowerCase() === lower) ??
        (/^\d{1,9}$/.test(wanted) ? columns[Number(wanted)] : undefined));
  if (found) return found;
  const names = columns.slice(0, 8).map(({ name }) => quote(name));
  const more = columns.length > names.length ? `, and ${columns.length - names.length} more` : '';
  const all = `${columns.length} of numbers: ${names.join(', ')}${more}`;
  const why = wanted === null ? 'which column? It has' : `no column ${quote(wanted)}; it has`;
  throw new DataError(`${source}: ${why} ${all}; give a name, or a number from 0 to ${columns.length - 1}`);
}

type Timed = Omit<Series, 'column' | 'columns' | 'form'>;

/** The readings of a table without times. */
async function plainReadings({ column, readings }: Table, source: string): Promise<Timed> {
  const all: number[] = [];
  for await (const { values, line } of readings) {
    if (all.length + values.length > MOST_READINGS)
      throw new DataError(
        `${source}, line ${line}: more than ${MOST_READINGS} readings without times; average them over minutes, or ` +
          'add a column of times, and readings finer than five minutes are averaged as they are read',
      );
    for (const value of values) all.push(value);
  }
  const series = trimGaps(Float64Array.from(all));
  if (series.readings.length === 0)
    throw new DataError(`${source}: column ${quote(column.name)} has no readings`);
  return { start: null, step: null, stepOfFile: null, shared: 0, ...series };
}

/** The readings of a table with times, each at its time. */
async function timedReadings({ form, column, readings }: Table, source: string): Promise<Timed> {
  const stepOfFile = form.times!.step;
  if (Number.isNaN(stepOfFile))
    throw new DataError(`${source}: its times do not go on; is it the right column?`);
  const isMean = stepOfFile < FINEST;
  const step = isMean ? QUARTER : stepOfFile;
  let grid: Grid | null = null;
  for await (const { values, times } of readings) {
    for (let n = 0; n < values.length; n++) {
      grid ??= createGrid(isMean ? Math.floor(times![n]! / step) * step : times![n]!, step, isMean);
      grid.add(times![n]!, values[n]!);
    }
  }
  const cells = grid?.cells(MOST_READINGS);
  if (!cells) {
    const why = grid
      ? `no readings, or times that are more than ${MOST_READINGS} steps apart`
      : 'no readings';
    throw new DataError(`${source}: column ${quote(column.name)} has ${why}`);
  }
  const { start, means, shared } = cells;
  const gaps = fillGaps(means);
  if (gaps.missing > means.length / 2) {
    throw new DataError(
      `${source}: ${gaps.missing} of ${means.length} readings of column ${quote(column.name)} are missing, more than half; ` +
        'are its times right?',
    );
  }
  return { start, step, stepOfFile, shared: isMean ? 0 : shared, readings: means, ...gaps };
}

const SEPARATED = {
  '\t': 'tabs',
  ';': 'semicolons',
  '|': 'vertical bars',
  ',': 'commas',
  ' ': 'spaces',
};

/** What was found out, in words. */
function describe({ separator, numbers, times }: TableForm): string {
  const parts = [separator === null ? 'one column' : SEPARATED[separator]];
  if (numbers.decimal === ',') parts.push('decimal commas');
  if (!times) parts.push('no times');
  else if (times.unit !== null) parts.push('times since 1970');
  else if (times.order === 'mdy') parts.push('months before days');
  return parts.join(', ');
}
