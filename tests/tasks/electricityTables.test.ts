import { afterAll, describe, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { encodeNpy, syntheticLoad } from '../../datasets/index.js';
import { createRandom } from '../../engine/index.js';
import { electricity } from '../../tasks/electricity/electricity.js';
import { readSeries } from '../../tasks/electricity/series.js';
import { taskCommand } from '../../tasks/task/command.js';
import { diagramsTable, entsoeTable, householdTable, opsdTable, pjmTable } from './data/energyTables.js';
import { zipOf } from './data/zipWriter.js';
import { runHere, temporaryDirectory } from './run.js';

const directory = temporaryDirectory();
const at = (name: string) => join(directory.path, name);
const here = (...args: string[]) => runHere(directory.path, taskCommand(electricity), args);
afterAll(() => directory.remove());

/** Five weeks of quarters of an hour; ten weeks of hours, each the mean of four. */
const quarters = syntheticLoad(createRandom(1, 'load'), 35);
const fine = syntheticLoad(createRandom(2, 'load'), 70);
const hours = Float64Array.from({ length: fine.length / 4 }, (_, n) => {
  return fine.subarray(4 * n, 4 * n + 4).reduce((sum, value) => sum + value, 0) / 4;
});

const TABLES: [string, string, string | null, string, string][] = [
  ['household.txt', householdTable(quarters), 'Global_active_power', '15 minutes', 'over 15 minutes'],
  ['diagrams.txt', diagramsTable(quarters), 'MT_002', '15 minutes', 'semicolons, decimal commas'],
  [
    'entsoe.csv',
    entsoeTable(quarters),
    'Actual Total Load [MW] - BZN|DE',
    '15 minutes',
    '5 are missing, in 2 gaps',
  ],
  ['pjm.csv', pjmTable(hours), null, 'hour', 'commas'],
  ['opsd.csv', opsdTable(hours), 'DE_load_actual', 'hour', '4 are missing, in a row'],
];

describe('energy tables of public forms', () => {
  it.each(TABLES)(
    '%s is read, and one step ahead is better than the last reading',
    async (name, text, column, every, said) => {
      writeFileSync(at(name), text);
      const which = column === null ? [] : ['--column', column];
      const quick = ['--epochs', '1', '--forecast-epochs', '20', '--batch', '32'];
      const { stdout, refusal } = await here(
        '--data',
        name,
        ...which,
        ...quick,
        '--json',
        'out.json',
        '--report',
        'page',
      );
      expect(refusal).toBe(null);
      expect(stdout).toContain(`readings, one every ${every} from 2019-03-0`);
      expect(stdout).toContain(said);
      const { final } = JSON.parse(readFileSync(at('out.json'), 'utf8')) as { final: Record<string, number> };
      expect(final.rmseOneStep).toBeLessThan(final.baselineLastReading!);
    },
  );

  it('are read in the same way from a .gz, a .zip and in UTF-16', async () => {
    const text = opsdTable(hours);
    const { readings } = await series('opsd.csv', text, 'DE_load_actual');
    const files: [string, Uint8Array][] = [
      ['opsd.csv.gz', gzipSync(text)],
      [
        'opsd.zip',
        zipOf([
          { name: '__MACOSX/._opsd.csv', content: '?' },
          { name: 'a/opsd.csv', content: text },
        ]),
      ],
      ['opsd.tsv', Buffer.from('\ufeff' + text.replaceAll(',', '\t'), 'utf16le')],
    ];
    for (const [name, content] of files)
      expect((await series(name, content, 'DE_load_actual')).readings).toEqual(readings);
  });

  it('are read with readings of a day, too', async () => {
    const day = (n: number) => new Date(Date.UTC(2019, 0, 1 + n)).toISOString().slice(0, 10);
    const text =
      'day,load\n' + Array.from(hours.subarray(0, 400), (value, n) => `${day(n)},${value}\n`).join('');
    writeFileSync(at('daily.csv'), text);
    const { stdout, refusal } = await here('--data', 'daily.csv', '--epochs', '1', '--forecast-epochs', '1');
    expect(refusal).toBe(null);
    expect(stdout).toMatch(/400 readings, one every day from 2019-01-01/);
  });
});

async function series(name: string, content: string | Uint8Array, column: string | null) {
  writeFileSync(at(name), content);
  return readSeries(at(name), column);
}

describe('arrays of NumPy', () => {
  const other = quarters.map((value) => value + 1);

  it('are read from .npz by name, or the only one', async () => {
    const one = zipOf([{ name: 'load.npy', content: encodeNpy(quarters) }]);
    expect((await series('one.npz', one, null)).readings).toEqual(quarters);
    const two = zipOf([
      { name: 'load.npy', content: encodeNpy(quarters) },
      { name: 'other.npy', content: encodeNpy(other) },
    ]);
    const { readings, record } = await series('two.npz', two, 'other');
    expect(readings).toEqual(other);
    expect(record.column).toBe('other');
    await expect(series('two.npz', two, null)).rejects.toThrow(
      /two\.npz has 2 of them: load, other; give one with --column$/,
    );
  });

  it('have gaps filled where they are NaN', async () => {
    const holes = quarters.map((value, n) => (n === 0 || n === 500 ? NaN : value));
    const { readings, record } = await series('holes.npy', encodeNpy(holes), null);
    expect(readings[499]).toBe((quarters[499]! + quarters[501]!) / 2);
    expect(record).toMatchObject({ count: quarters.length - 1, missing: 1 });
  });
});

describe('files of other kinds', () => {
  it.each([
    [
      'x.parquet',
      'PAR1....',
      /x\.parquet is a damaged Parquet file, or of a kind that is not read \(.*\); get a new copy/,
    ],
    [
      'x.xlsx',
      zipOf([{ name: 'xl/workbook.xml', content: '' }]),
      /x\.xlsx is an Excel file; save the sheet as CSV$/,
    ],
    ['x.zip', zipOf([{ name: 'a.json', content: '' }]), /x\.zip has no table in it/],
    [
      'two.zip',
      zipOf([
        { name: 'a.csv', content: '1' },
        { name: 'b.csv', content: '1' },
      ]),
      /two\.zip has 2 of them: a\.csv, b\.csv; unpack it/,
    ],
    ['x.gz', Buffer.from('1f8b08000000', 'hex'), /x\.gz is a damaged \.gz file/],
    [
      'seven.csv',
      't,a\n2020-01-01 00:00,1\n2020-01-01 00:07,2\n',
      /one reading every 7 minutes; the program needs steps that divide a day$/,
    ],
  ])('%s is refused in one line', async (name, content, message) => {
    const outcome = series(name, content, null);
    await expect(outcome).rejects.toThrow(message);
    await expect(outcome).rejects.not.toThrow(/\n/);
  });
});
