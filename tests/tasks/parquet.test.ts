import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { DataError } from '../../datasets/index.js';
import { InputError } from '../../models/index.js';
import { readSeriesFile } from '../../tasks/electricity/seriesFile.js';
import { bytesOfArray } from '../../tasks/parquet/bytes.js';
import { readParquet } from '../../tasks/parquet/readParquet.js';
import { damaged } from '../datasets/damaged.js';
import { zipOf } from './data/zipWriter.js';
import { temporaryDirectory } from './run.js';

const FILES = join(process.cwd(), 'tests', 'tasks', 'parquet');
const file = (name: string) => join(FILES, `${name}.parquet`);
const bytes = (name: string) => new Uint8Array(readFileSync(file(name)));

/** As CSV, the table of most files: see parquet/make.py. */
const hours = Array.from({ length: 200 }, (_, n) => new Date(Date.UTC(2020, 4, 1, n)).toISOString());
const loadOf = (n: number) => (n % 17 === 3 ? '' : `${(n % 5) * 1.5}`);
const csv =
  'time,load,late\n' + hours.map((time, n) => `${time},${loadOf(n)},${n < 120 ? n : ''}\n`).join('');

const directory = temporaryDirectory();
const at = (name: string) => join(directory.path, name);
afterAll(() => directory.remove());

async function read(path: string, column: string | null) {
  const { sha256, form, ...series } = await readSeriesFile(path, column);
  expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  return { form, series };
}

describe('a Parquet file', () => {
  beforeAll(() => writeFileSync(at('table.csv'), csv));

  it.each(['none', 'snappy', 'gzip', 'zstd', 'lz4', 'brotli'])(
    'packed by %s is read as its CSV',
    async (name) => {
      for (const column of ['load', 'LATE', '1']) {
        const { series, form } = await read(file(name), column);
        expect(series).toEqual((await read(at('table.csv'), column)).series);
        expect(form).toBe('a table: Parquet');
      }
    },
  );

  it.each([
    ['of polars', 'polars', 'load', 'load'],
    ['of pandas, with times for an index and a name that is a number', 'pandas', '0', '0'],
    ['of pandas, with times as text', 'text', null, '0'],
  ])('%s is read as its CSV', async (_, name, column, found) => {
    const expected = (await read(at('table.csv'), 'load')).series;
    expect((await read(file(name), column)).series).toEqual({ ...expected, column: found });
  });

  it.each([
    ...['int8', 'int16', 'int32', 'int64', 'float16', 'float32', 'float64'],
    ...['decimal9', 'decimal18', 'decimal38', 'last'],
    ...['uint8', 'uint16', 'uint32', 'uint64'],
  ])('is read with numbers of the type %s, days, and times of the day; lists left out', async (type) => {
    const { series } = await read(file('types'), type);
    const first = type.startsWith('u') ? 0 : -100;
    expect([...series.readings]).toEqual(Array.from({ length: 200 }, (_, n) => first + n));
    expect(series).toMatchObject({ start: Date.UTC(2020, 4, 1), step: 3_600_000 });
  });

  it.each(['int32', 'int64', 'last'])('is read with differences or bytes apart: %s', async (column) => {
    const { series } = await read(file('encodings'), column);
    expect([...series.readings]).toEqual(Array.from({ length: 200 }, (_, n) => n - 100));
    expect(series.start).toBeNull();
  });

  it('is read from a .gz and a zip, too', async () => {
    const expected = (await read(file('snappy'), 'load')).series;
    writeFileSync(at('x.gz'), gzipSync(bytes('snappy')));
    writeFileSync(at('x.zip'), zipOf([{ name: 'a/x.parquet', content: bytes('snappy') }]));
    for (const name of ['x.gz', 'x.zip']) expect((await read(at(name), 'load')).series).toEqual(expected);
  });

  it.each([
    [
      'a column that there is not',
      'load2',
      /no column "load2"; it has 2 of numbers: "load", "late"; give a name/,
    ],
    [
      'several columns and no choice',
      null,
      /which column\? It has 2 of numbers: "load", "late"; give a name/,
    ],
  ])('is refused for %s', async (_, column, message) => {
    await expect(readSeriesFile(file('snappy'), column)).rejects.toThrow(message);
  });

  it('that is cut off, empty, or has another checksum, is refused in one line', async () => {
    const whole = bytes('none');
    const changed = whole.slice();
    changed[60]! ^= 1;
    const files: [string, Uint8Array, RegExp][] = [
      [
        'cut',
        whole.subarray(0, 2000),
        /is a damaged Parquet file, or .* \(.*\); get a new copy, or write it as CSV$/,
      ],
      ['PAR1', whole.subarray(0, 4), /is a damaged Parquet file/],
      ['changed', changed, /\(the checksum of a page is wrong\)/],
    ];
    for (const [name, content, message] of files) {
      writeFileSync(at(`${name}.parquet`), content);
      const outcome = readSeriesFile(at(`${name}.parquet`), 'load');
      await expect(outcome).rejects.toThrow(InputError);
      await expect(outcome).rejects.toThrow(message);
    }
  });

  it('that is damaged is read or refused, thousands of times', async () => {
    for (const name of ['none', 'snappy', 'gzip', 'zstd', 'lz4', 'brotli', 'encodings', 'text']) {
      const property = fc.asyncProperty(
        damaged(bytes(name), ['PAR1', '\0', '\u0015\u0004']),
        async (content) => {
          const choose = (columns: readonly string[]) => columns[0] ?? null;
          const outcome = await readParquet(bytesOfArray(content), choose, 'x').catch(
            (error: unknown) => error,
          );
          if (!(outcome instanceof Error)) return;
          if (!(outcome instanceof DataError || outcome instanceof InputError)) throw outcome;
          expect(outcome.message).toMatch(/^[^\n]{1,500}$/);
        },
      );
      await fc.assert(property, { seed: 20, numRuns: 150 });
    }
  });

  it('with one wrong byte, wherever, takes little memory', async () => {
    // Without checksums: each byte counts. In a process of its own, whose memory is its own.
    const program = join(process.cwd(), 'dist', 'tests', 'tasks', 'parquetDamage.js');
    const { stdout } = await promisify(execFile)(process.execPath, [program, file('polars')]);
    expect(Number(stdout)).toBeGreaterThan(2 ** 20);
    expect(Number(stdout)).toBeLessThan(2 ** 28);
  });
});
