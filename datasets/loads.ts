/**
 * UCI's electricity data set, LD2011_2014.txt: a header with the client names, then one line per quarter of
 * an hour with its time and the load of every client in kW, `"2011-01-01 00:15:00";0;3,8071...`. (Trindade
 * 2015.)
 *
 * The file has 700 MB and only one client is needed, so it is read as a stream, and only that column is
 * parsed.
 */
import { byteLines } from './byteLines.js';
import { requireText, requireThat } from './checks.js';
import { DataError } from './errors.js';
import { quote } from './quote.js';

/** The load of one client. */
export interface Load {
  /** Its name in the header, `MT_251`. */
  readonly client: string;
  /** How many clients the file has. */
  readonly clients: number;
  /**
   * The time of the first reading, in milliseconds as of `Date.UTC`; one follows every quarter of an hour.
   */
  readonly start: number;
  /** kW, each the mean of the preceding quarter of an hour. */
  readonly readings: Float64Array;
}

/** A quarter of an hour in milliseconds. */
export const QUARTER = 15 * 60_000;

const SEMICOLON = 59;

/** A hundred years. A stream might never end. */
const MOST_READINGS = 3_600_000;

/**
 * Reads one client's load from the pieces of such a file.
 * @param client its name or column number, 0 for the first client
 * @param source the file's name in messages
 * @throws DataError naming the line that cannot be read, or when there is no such client
 */
export async function readLoad(
  pieces: AsyncIterable<Uint8Array>,
  client: string,
  source: string,
): Promise<Load> {
  const isStream = typeof pieces === 'object' && pieces !== null && Symbol.asyncIterator in pieces;
  requireThat('readLoad', isStream, 'pieces must be a stream of bytes', pieces);
  requireText('readLoad', 'client', client);
  requireText('readLoad', 'source', source);
  let line = 0;
  const refuse = (why: string) => new DataError(`${source}, line ${line}: ${why}`);
  let names: string[] | null = null;
  let wanted = 0;
  const readings: number[] = [];
  let start = NaN;
  let last = NaN;
  /** The first line that is not a quarter of an hour after the one before. */
  let jump: number | null = null;

  for await (const bytes of byteLines(pieces, source)) {
    line++;
    if (!names) {
      names = clientNames(bytes);
      if (!names) throw refuse('no header with client names; is it LD2011_2014.txt?');
      wanted = columnOf(names, client);
      if (wanted < 0) throw refuse(noSuchClient(client, names));
      continue;
    }
    if (bytes.length === 0) throw refuse('the line is empty; remove it');
    const { count, time, value } = fieldsOf(bytes, wanted + 1);
    if (count !== names.length + 1) {
      throw refuse(`${count} columns, but the header has ${names.length + 1}; get a new copy`);
    }
    const now = timeOf(time);
    if (Number.isNaN(now)) throw refuse(`${quote(time)} is not a time like "2011-01-01 00:15:00"`);
    const reading = numberOf(value);
    if (!Number.isFinite(reading)) throw refuse(`${quote(value)} for ${names[wanted]} is not a number`);
    if (readings.length === MOST_READINGS) throw refuse(`more than ${MOST_READINGS} readings`);
    if (readings.length === 0) start = now;
    else if (now !== last + QUARTER) jump ??= line;
    last = now;
    readings.push(reading);
  }

  if (!names) throw new DataError(`${source} is empty`);
  if (readings.length === 0) throw new DataError(`${source}, line 1: no readings follow the header`);
  if (jump && last - start !== (readings.length - 1) * QUARTER) {
    line = jump;
    throw refuse('not a quarter of an hour after the line before: lines are missing or duplicated');
  }
  return { client: names[wanted]!, clients: names.length, start, readings: Float64Array.from(readings) };
}

/** The names in a header `"";"MT_001";"MT_002"`; null if it is not one. */
function clientNames(bytes: Uint8Array): string[] | null {
  const [corner, ...names] = new TextDecoder().decode(bytes).split(';').map(unquoted);
  return corner === '' && names.length > 0 && names.every((name) => name !== '') ? names : null;
}

/** Returns -1 if there is no such client. */
function columnOf(names: readonly string[], client: string): number {
  if (!/^\d+$/.test(client)) return names.indexOf(client);
  return Number(client) < names.length ? Number(client) : -1;
}

function noSuchClient(client: string, names: readonly string[]): string {
  const [first, last] = [names[0]!, names.at(-1)!].map(quote);
  return `no client ${quote(client)}; give a column, 0 to ${names.length - 1}, or a name, ${first} to ${last}`;
}

/**
 * The number of fields in a line, the first field, and the one in column `wanted` ('' if the line is too
 * short).
 */
function fieldsOf(line: Uint8Array, wanted: number): { count: number; time: string; value: string } {
  let column = 0;
  let timeEnd = line.length;
  let [from, to] = [line.length, line.length];
  for (let n = 0; n < line.length; n++) {
    if (line[n] !== SEMICOLON) continue;
    column++;
    if (column === 1) timeEnd = n;
    if (column === wanted) from = n + 1;
    else if (column === wanted + 1) to = n;
  }
  return {
    count: column + 1,
    time: unquoted(ascii(line.subarray(0, timeEnd))),
    value: ascii(line.subarray(from, to)),
  };
}

/** In milliseconds as of `Date.UTC`, or NaN. The file has no daylight saving time. */
function timeOf(text: string): number {
  const parts = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)$/.exec(text)?.slice(1).map(Number);
  if (!parts) return NaN;
  const [year, month, day, hour, minute, second] = parts as [number, number, number, number, number, number];
  const time = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  // Date.UTC would turn 30 February into a day in March.
  return time.toISOString().startsWith(text.replace(' ', 'T')) ? time.getTime() : NaN;
}

/** A number with a decimal comma or point, or NaN. */
function numberOf(text: string): number {
  return /^-?\d+([.,]\d+)?(e[+-]?\d+)?$/i.test(text) ? Number(text.replace(',', '.')) : NaN;
}

function unquoted(text: string): string {
  return /^".*"$/s.test(text) ? text.slice(1, -1) : text;
}

/** The first 50 bytes of a field as text: no time or number is longer. */
function ascii(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, 50));
}
