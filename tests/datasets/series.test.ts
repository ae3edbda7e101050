import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inEncoding } from './encodings.js';
import { bytes, FORMS, read } from './seriesForms.js';

const HOUR = 3_600_000;

describe('readSeries(pieces, choice, source)', () => {
  it.each(FORMS)('reads %s', async (_, text, column, [start, minutes], readings) => {
    const series = await read(text, column);
    expect(series).toMatchObject({ start, step: minutes * 60_000 });
    expect([...series.readings]).toEqual(readings.map((one) => expect.closeTo(one, 9)));
  });

  it.each([
    ['CRLF', (text: string) => bytes(text.replaceAll('\n', '\r\n'))],
    ['CR', (text: string) => bytes(text.replaceAll('\n', '\r'))],
    ['a byte order mark', (text: string) => bytes('\ufeff' + text)],
    ['UTF-16', (text: string) => inEncoding(text, 'UTF-16 LE', true)],
    ['no line end at the end', (text: string) => bytes(text.slice(0, -1))],
    ['blank lines at the end', (text: string) => bytes(text + '\n\n')],
    ['comments before it', (text: string) => bytes(`# made by hand\n% twice\n\n${text}`)],
  ])('reads all of them with %s, in pieces of any size', async (_, change) => {
    for (const [, text, column] of FORMS) {
      const expected = await read(text, column);
      for (const size of [3, 64, 1000]) expect(await read(change(text), column, size)).toEqual(expected);
    }
  });

  it.each([
    ['tabs', 'time\tload\n2020-01-01 00:00\t1.5\n2020-01-01 01:00\t2\n'],
    ['vertical bars', 'time|load\n2020-01-01 00:00|1.5\n2020-01-01 01:00|2\n'],
    ['spaces', 'time load\n2020-01-01T00:00   1.5\n2020-01-01T01:00  2\n'],
    ['semicolons, decimal commas', 'time;load\n2020-01-01 00:00;1,5\n2020-01-01 01:00;2\n'],
    ['commas, decimal commas', 'time,load\n2020-01-01 00:00,"1,5"\n2020-01-01 01:00,"2,0"\n'],
    ['commas', '2020-01-01 00:00,1.5\n2020-01-01 01:00,2\n'],
  ])('finds out %s', async (form, text) => {
    const series = await read(text);
    expect(series).toMatchObject({ form, start: Date.UTC(2020, 0, 1), step: HOUR });
    expect([...series.readings]).toEqual([1.5, 2]);
  });

  it.each([
    ['one column with a name', 'load\n1.5\n2\n3\n', null, [1.5, 2, 3]],
    ['one column without', '1.5\n2\n3\n', null, [1.5, 2, 3]],
    ['one column with decimal commas', 'load\n1,5\n2,25\n', null, [1.5, 2.25]],
    ['a column by its number among those of numbers', 'name,a,b\nx,1,2\ny,3,4\n', '1', [2, 4]],
    ['a column whose name is a number', 'a,0,1\n5,1,2\n6,3,4\n', '1', [2, 4]],
    ['thousands set apart', 'a;b\n1.234,5;x\n12.345.678,9;y\n', null, [1234.5, 12345678.9]],
    ['a column without a name left out, as pandas writes its index', ',load\n0,5\n1,6\n', null, [5, 6]],
    ['one column with a blank line, a reading that is missing', 'load\n1\n\n3\n\n', null, [1, 2, 3]],
    ['numbers with signs and exponents', 'a\n-1e-3\n+2E2\n.5\n5.\n', null, [-0.001, 200, 0.5, 5]],
  ])('reads %s', async (_, text, column, readings) => {
    expect([...(await read(text, column)).readings]).toEqual(readings);
  });

  it('tells of gaps, fills them with straight lines, and leaves out what is missing at both ends', async () => {
    const hours = [[0, ''], [1, 'NaN'], [2, 10], [3, 12], [6, 18], [7, 'n/a'], [8, 22], [9, '-'], [10, '']]; // prettier-ignore
    const text = 'time,load\n' + hours.map(([hour, value]) => `2020-01-01 ${hour}:00,${value}\n`).join('');
    const { readings, ...facts } = await read(text);
    expect([...readings]).toEqual([10, 12, 14, 16, 18, 20, 22]);
    expect(facts).toMatchObject({
      start: Date.UTC(2020, 0, 1, 2),
      missing: 3,
      gaps: 2,
      longest: 2,
      shared: 0,
    });
  });

  it('reads a local clock: the hour that is skipped is a gap, the one that is repeated is averaged', async () => {
    const at = (times: string[]) => 'time;load\n' + times.map((time, n) => `${time};${n}\n`).join('');
    const spring = await read(
      at(['31.03.2019 00:00', '31.03.2019 01:00', '31.03.2019 03:00', '31.03.2019 04:00']),
    );
    expect([[...spring.readings], spring.missing]).toEqual([[0, 1, 1.5, 2, 3], 1]);
    const autumn = await read(
      at(['27.10.2019 01:00', '27.10.2019 02:00', '27.10.2019 02:00', '27.10.2019 03:00']),
    );
    expect([[...autumn.readings], autumn.shared]).toEqual([[0, 1.5, 3], 1]);
  });

  it('averages readings that are more frequent than one in five minutes', async () => {
    const minutes = Array.from({ length: 45 }, (_, n) => `2020-01-01 00:${`${n}`.padStart(2, '0')},${n}\n`);
    const series = await read('time,load\n' + minutes.join(''));
    expect(series).toMatchObject({
      step: 15 * 60_000,
      stepOfFile: 60_000,
      start: Date.UTC(2020, 0, 1),
      missing: 0,
    });
    expect([...series.readings]).toEqual([7, 22, 37]);
  });

  it('puts each number of a table of one column at its place, in blocks of any size', async () => {
    const values = Float64Array.from({ length: 20_000 }, (_, n) => Math.round(1e6 * Math.sin(n)) / 1000);
    const text = values.join('\n');
    for (const size of [997, 2 ** 17]) expect((await read(text, null, size)).readings).toEqual(values);
  });

  it('rounds every number as JavaScript does', async () => {
    const digits = fc.stringMatching(/^-?\d{1,20}(\.\d{1,25})?(e-?\d{1,2})?$/);
    await fc.assert(
      fc.asyncProperty(fc.array(digits, { minLength: 2, maxLength: 20 }), async (texts) => {
        const { readings } = await read(`a\n${texts.join('\n')}\n`);
        expect([...readings]).toEqual(texts.map(Number));
      }),
      { seed: 20, numRuns: 300 },
    );
  });
});
