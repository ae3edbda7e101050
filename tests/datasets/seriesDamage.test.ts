import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DataError, readSeries } from '../../datasets/index.js';
import { damaged, FILES } from './damaged.js';
import { bytes, FORMS, LD2011, read } from './seriesForms.js';

describe('readSeries, given bad input', () => {
  it.each([
    ['nothing', '', null, /^x\.csv is empty: it has no readings$/],
    [
      'another kind of text',
      'Alice was beginning\nto get very tired\n',
      null,
      /^x\.csv, line 1: no column of numbers in/,
    ],
    ['bytes that are no text', '\u0001\0\0\u0002', null, /^x\.csv, line 1: no column of numbers in "\\u0001/],
    [
      'a missing column',
      LD2011.replace(';17;', ';'),
      '0',
      /^x\.csv, line 3: 3 columns, but the first line has 4/,
    ],
    ['a truncated last line', LD2011.slice(0, -5), '0', /^x\.csv, line 4: 3 columns/],
    [
      'a word instead of a number',
      LD2011.replace('17', 'word'),
      '1',
      /line 3: "word" for "MT_002" is not a number$/,
    ],
    ['two commas', LD2011.replace('17', '1,7,0'), '1', /line 3: "1,7,0" .* is not a number/],
    ['infinity', LD2011.replace('17', 'Infinity'), '1', /line 3: .* is not a number/],
    ['a number too large for float64', LD2011.replace('17', '1e999'), '1', /line 3: .* is not a number/],
    [
      'a word instead of a time',
      LD2011.replace('"2011-01-01 00:30:00"', 'later'),
      '1',
      /line 3: "later" is not a time/,
    ],
    [
      'a day that does not exist',
      LD2011.replace('01-01 00:45', '02-30 00:45'),
      '1',
      /line 4: .* is not a time/,
    ],
    ['a quote that is not closed', LD2011.replace('00:45:00"', '00:45:00'), '1', /line 4: a quote that/],
    [
      'several columns and no choice',
      LD2011,
      null,
      /^x\.csv: which column\? It has 3 of numbers: "MT_001", "MT_002", "MT_003"; give/,
    ],
    [
      'a column that there is not',
      LD2011,
      'MT_004',
      /no column "MT_004"; it has 3 of numbers: .* from 0 to 2$/,
    ],
    ['a number beyond the columns', LD2011, '3', /no column "3"; it has 3/],
    ['times that stand still', 'time,a\n2020-01-01,1\n2020-01-01,2\n', null, /its times do not go on/],
    [
      'times a thousand years apart',
      'time,a\n2020-01-01 00:00,1\n2020-01-01 01:00,2\n3020-01-01 00:00,3\n',
      null,
      /more than 3600000 steps apart/,
    ],
    [
      'mostly gaps',
      'time,a\n2020-01-01 00:00,1\n2020-01-01 01:00,2\n2020-01-02 00:00,3\n',
      null,
      /22 of 25 readings of column "a" are missing/,
    ],
    [
      'a column of nothing',
      'time,a\n2020-01-01 00:00,\n2020-01-01 01:00,\n',
      null,
      /column "a" has no readings/,
    ],
  ])('refuses %s', async (_, text, column, message) => {
    const outcome = read(text, column);
    await expect(outcome).rejects.toThrow(DataError);
    await expect(outcome).rejects.toThrow(message);
  });

  it('refuses more readings without times than a hundred years have', async () => {
    const text = '1\n'.repeat(3_600_001);
    const message =
      /^x\.csv, line \d+: more than 3600000 readings without times; average them over minutes, or add/;
    await expect(read(text, null, 2 ** 18)).rejects.toThrow(message);
  });

  it('refuses a line that does not end', async () => {
    async function* endless() {
      const piece = new Uint8Array(2 ** 18).fill(';'.charCodeAt(0));
      yield bytes('a;b\n1;2\n');
      for (;;) {
        await Promise.resolve();
        yield piece;
      }
    }
    await expect(readSeries(endless(), '0', 'x.csv')).rejects.toThrow(/x\.csv.*longer than 128 KiB/);
  });

  it('reads thousands of damaged files or refuses them', async () => {
    const texts = [
      '"',
      ';',
      '\n',
      '\r\n',
      '"2011-01-01 00:15:00";',
      ',',
      '1e5',
      '\ufeff',
      '\0',
      'MT_002',
      '?',
      'Z',
    ];
    for (const sample of [LD2011.replace('\n', '\r\n'), FORMS[2]![1], FORMS[4]![1]]) {
      const column = sample.includes('MT_002') ? 'MT_002' : '0';
      const property = fc.asyncProperty(
        damaged(bytes(sample), texts),
        fc.integer({ min: 1, max: 99 }),
        async (file, size) => {
          const outcome = await read(file, column, size).catch((error: unknown) => error);
          if (outcome instanceof Error) {
            if (!(outcome instanceof DataError)) throw outcome;
            expect(outcome.message).toMatch(/^[^\n]{1,500}$/);
            return;
          }
          const { readings } = outcome as Awaited<ReturnType<typeof read>>;
          expect(readings.every(Number.isFinite)).toBe(true);
        },
      );
      await fc.assert(property, { seed: 20, numRuns: FILES / 2 });
    }
  });
});
