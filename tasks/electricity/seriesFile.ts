/** Reads files with a series, recognized by their first bytes: arrays of NumPy, Parquet, zips, gzip, or a table's text. */
import { createHash, type Hash } from 'node:crypto';
import { statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { decodeNpy, readSeries, trimGaps, type Series } from '../../datasets/index.js';
import { InputError } from '../../models/index.js';
import { gzipReason, isGzip, isZipStart } from '../common/dataFile.js';
import { MiB, readPieces, sourceName, STDIN } from '../common/files.js';
import { bytesOfArray, bytesOfFile } from '../parquet/bytes.js';
import { readParquet } from '../parquet/readParquet.js';
import { listZip, streamZip } from '../zip/zip.js';

/** The content of a file. */
export interface SeriesFile extends Omit<Series, 'columns' | 'stepOfFile' | 'column'> {
  readonly column: string | null;
  /** ` kW` where it is known. */
  readonly unit: string;
  /** Of the file, or of what was read in the zip or the .gz. */
  readonly sha256: string;
}

/** Of a file that is needed as a whole: more than two hundred years of float64. */
const LONGEST = 64 * MiB;

/** The chapter's client: column 250, counted from 0, which is MT_251. */
const CHAPTER_CLIENT = '250';

/** What else people have, by the bytes that it begins with. */
const OTHERS: readonly [start: string, what: string][] = [
  ['\x89HDF', 'an HDF5 file; write the table as CSV'],
  ['\xd0\xcf\x11\xe0', 'an Excel file; save the sheet as CSV'],
];

/**
 * Reads a file or a pipe as a stream.
 * @param path   `-`: standard input
 * @param column its name, or its number among the columns of numbers, 0 for the first; in a .npz the name of an array
 * @throws InputError or DataError when it cannot be read
 */
export async function readSeriesFile(path: string, column: string | null): Promise<SeriesFile> {
  const source = sourceName(path);
  const file = readPieces(path);
  const first = await file.next();
  if (first.done) throw new InputError(`${source} is empty`);
  const other = OTHERS.find(([start]) => startsWith(first.value, start));
  if (other) {
    await file.return(undefined);
    throw new InputError(`${source} is ${other[1]}`);
  }
  if (isZipStart(first.value)) {
    await file.return(undefined);
    if (path === STDIN) throw new InputError(`${source} is a zip; unpack it first`);
    return readZipped(path, column);
  }
  const all = chain(first.value, file);
  if (isParquet(first.value) && statSync(path, { throwIfNoEntry: false })?.isFile())
    return readParquetFile(all, path, column);
  return readContent(isGzip(first.value) ? unpacked(all, source) : all, column, source);
}

const startsWith = (bytes: Uint8Array, text: string) =>
  Buffer.from(bytes.subarray(0, text.length)).toString('latin1') === text;

const isParquet = (bytes: Uint8Array) => startsWith(bytes, 'PAR1');

/** Of a file of any size, only what is needed is kept in memory. */
async function readParquetFile(
  content: AsyncIterable<Uint8Array>,
  path: string,
  column: string | null,
): Promise<SeriesFile> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const { length } of hashed(content, hash)) size += length;
  const file = await open(path, 'r');
  try {
    const series = await readParquet(bytesOfFile(file, size), (names) => column ?? usual(names), path);
    return described(series, hash);
  } finally {
    await file.close();
  }
}

/** A table, or an array of NumPy. */
async function readContent(
  content: AsyncIterable<Uint8Array>,
  column: string | null,
  source: string,
): Promise<SeriesFile> {
  const hash = createHash('sha256');
  const pieces = hashed(content, hash)[Symbol.asyncIterator]();
  const first = await pieces.next();
  if (first.done) throw new InputError(`${source} is empty`);
  const all = chain(first.value, pieces);
  if (startsWith(first.value, '\x93NUMPY')) {
    const readings = decodeNpy(await collect(all, source), source, columnNumber(column, source));
    return { ...withoutTimes(readings, 'an array of NumPy'), column, sha256: hash.digest('hex') };
  }
  const choose = (names: readonly string[]) => column ?? usual(names);
  if (isParquet(first.value))
    return described(await readParquet(bytesOfArray(await collect(all, source)), choose, source), hash);
  return described(await readSeries(all, choose, source), hash);
}

function described({ columns, form, stepOfFile, ...series }: Series, hash: Hash): SeriesFile {
  const unit = columns.every((name) => /^MT_\d+$/.test(name)) ? ' kW' : '';
  const mean =
    series.step === stepOfFile ? '' : `, its readings averaged over ${series.step! / 60_000} minutes`;
  return { ...series, form: `a table: ${form}${mean}`, unit, sha256: hash.digest('hex') };
}

/** The chapter's client, if these are the clients of LD2011_2014.txt. */
const usual = (names: readonly string[]) =>
  names[Number(CHAPTER_CLIENT)] === 'MT_251' ? CHAPTER_CLIENT : null;

/** Readings in kW without times, gaps filled. */
export function withoutTimes(readings: Float64Array, form: string) {
  const { readings: filled, ...gaps } = trimGaps(readings);
  return { column: null, readings: filled, ...gaps, start: null, step: null, shared: 0, unit: ' kW', form };
}

function columnNumber(column: string | null, source: string): number | undefined {
  if (column === null) return undefined;
  if (/^\d{1,9}$/.test(column)) return Number(column);
  throw new InputError(`${source} is an array, whose columns have no names: give a number with --column`);
}

/** The table in a zip, or one of the arrays of a .npz. */
async function readZipped(path: string, column: string | null): Promise<SeriesFile> {
  const names = (await listZip(path, { pattern: /(^|\/)[^/]+$/, name: 'files' }))
    .map(({ name }) => name)
    .filter((name) => !/(^|\/)(__MACOSX\/|\.)/.test(name));
  if (names.some((name) => /^xl\//.test(name)))
    throw new InputError(`${path} is an Excel file; save the sheet as CSV`);
  const arrays = names.filter((name) => name.endsWith('.npy'));
  const tables = names.filter((name) => /\.(csv|tsv|txt|tab|dat|parquet)$/i.test(name));
  const known = tables.find((name) => /(^|\/)LD2011_2014\.txt$/.test(name));
  const chosen = known ?? oneOf(path, arrays.length > 0 ? arrays : tables, column);
  const isArray = arrays.includes(chosen);
  // The name of an array is no column of it.
  const within = isArray && chosen.replace(/\.npy$/, '') === column ? null : column;
  const wanted = { pattern: new RegExp(`^${escaped(chosen)}$`), name: chosen };
  const content = await readContent(streamZip(path, wanted), within, `${path}, entry ${chosen}`);
  return isArray ? { ...content, column } : content;
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

function oneOf(path: string, names: readonly string[], wanted: string | null): string {
  const named = names.find((name) => name.replace(/\.npy$/, '') === wanted);
  if (named) return named;
  if (names.length === 1) return names[0]!;
  if (names.length === 0)
    throw new InputError(`${path} has no table in it: no .csv, .tsv, .txt, .parquet or .npy file`);
  const shown = names.slice(0, 8).map((name) => name.replace(/\.npy$/, ''));
  const how = names[0]!.endsWith('.npy') ? 'give one with --column' : 'unpack it, and give one with --data';
  throw new InputError(`${path} has ${names.length} of them: ${shown.join(', ')}; ${how}`);
}

async function* chain(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}

async function* unpacked(packed: AsyncIterable<Uint8Array>, source: string): AsyncGenerator<Uint8Array> {
  try {
    // If either end fails or is left, the other is closed; the error appears where the result is read.
    yield* pipeline(packed, createGunzip(), () => {});
  } catch (error) {
    throw new InputError(`${source} ${gzipReason(error, Infinity)}`);
  }
}

async function* hashed(pieces: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    hash.update(piece);
    yield piece;
  }
}

async function collect(pieces: AsyncIterable<Uint8Array>, path: string): Promise<Uint8Array> {
  const collected: Uint8Array[] = [];
  let size = 0;
  for await (const piece of pieces) {
    size += piece.length;
    if (size > LONGEST) {
      throw new InputError(`cannot read ${path}: it is larger than ${LONGEST / MiB} MiB`);
    }
    collected.push(piece);
  }
  return Buffer.concat(collected);
}
