/** The readings of a column in whole lines of a table. */
import { DataError } from '../errors.js';
import { quote } from '../quote.js';
import { createFieldFinder, RETURN, trim } from './fieldFinder.js';
import { createQuickLines } from './quickLines.js';
import { asciiText, numberIn } from './numbers.js';
import type { Column, TableForm } from './tableForm.js';
import { clockIn, timeIn } from './times.js';

/** The readings of some lines. */
export interface Readings {
  /** NaN where one is missing. */
  readonly values: Float64Array;
  /** Milliseconds as of `Date.UTC`; null: the table has no times. */
  readonly times: Float64Array | null;
  /** The first of the lines, counted from 1. */
  readonly line: number;
}

export interface LineReader {
  /**
   * @param bytes lines, each of which ends
   * @throws DataError naming the line that cannot be read
   */
  read(bytes: Uint8Array): Readings;
  /** The error of the line after those that were read. */
  refuse(why: string): DataError;
}

/** @param end the byte that ends a line */
export function createLineReader(form: TableForm, column: Column, end: number, source: string): LineReader {
  const { separator, skipped, times, numbers } = form;
  const { split, found } = createFieldFinder(form, column, end);
  const timeOf = createClock(form, found);
  const quick = createQuickLines(form, column, end);
  /** As many lines as were read last: the next piece has about as many. */
  let room = 1024;
  let line = 0;
  const refuse = (why: string) => new DataError(`${source}, line ${line}: ${why}`);

  /** Reads the line whose fields were found. */
  function keep(bytes: Uint8Array, values: Float64Array, moments: Float64Array | null, count: number): void {
    trim(bytes, found, 0);
    const value = numberIn(bytes, found[0]!, found[1]!, numbers);
    const field = () => quote(asciiText(bytes, found[0]!, found[1]!));
    if (value === null) throw refuse(`${field()} for ${quote(column.name)} is not a number`);
    values[count] = value;
    if (!moments) return;
    const time = timeOf(bytes);
    if (typeof time !== 'string') return void (moments[count] = time);
    throw refuse(`${quote(time)} is not a time like 2011-01-01 00:15:00`);
  }

  function read(bytes: Uint8Array): Readings {
    let values = new Float64Array(Math.min(room, bytes.length));
    let moments = times ? new Float64Array(values.length) : null;
    let count = 0;
    const first = line + 1;
    for (let at = 0; at < bytes.length;) {
      if (count === values.length) [values, moments] = [longer(values), moments && longer(moments)];
      if (quick && line >= skipped) {
        const before = count;
        count = quick.read(bytes, at, values, count);
        line += count - before;
        at = quick.next();
        if (count > before) continue;
      }
      line++;
      // In a table of one column, a blank line is a reading that is missing.
      if (line <= skipped || (separator !== null && isBlank(bytes, at, end))) {
        at = bytes.indexOf(end, at) + 1;
        continue;
      }
      const wrong = split(bytes, at);
      if (wrong) throw refuse(wrong);
      keep(bytes, values, moments, count++);
      at = found[6]! + 1;
    }
    room = Math.max(room, count);
    return { values: values.subarray(0, count), times: moments?.subarray(0, count) ?? null, line: first };
  }

  return {
    read,
    refuse(why) {
      line++;
      return refuse(why);
    },
  };
}

/** A function that gives the time of a line whose fields were found, or what stands in its place. */
function createClock(
  { times, numbers }: TableForm,
  found: Int32Array,
): (bytes: Uint8Array) => number | string {
  if (!times) return () => NaN;
  const { unit, order, clock } = times;
  return (bytes) => {
    trim(bytes, found, 2);
    const [from, to] = [found[2]!, found[3]!];
    let time: number;
    if (unit !== null) time = (numberIn(bytes, from, to, numbers) ?? NaN) * unit;
    else {
      time = timeIn(bytes, from, to, order);
      if (clock !== null) {
        trim(bytes, found, 4);
        time += clockIn(bytes, found[4]!, found[5]!);
      }
    }
    if (!Number.isNaN(time)) return time;
    return asciiText(bytes, from, clock === null ? to : Math.max(to, found[5]!));
  };
}

const isBlank = (bytes: Uint8Array, at: number, end: number): boolean =>
  bytes[at] === end || (bytes[at] === RETURN && bytes[at + 1] === end);

function longer(values: Float64Array): Float64Array<ArrayBuffer> {
  const more = new Float64Array(values.length * 2);
  more.set(values);
  return more;
}
