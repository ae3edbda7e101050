import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DataError, QUARTER, readLoad } from '../../datasets/index.js';
import { damaged, FILES } from './damaged.js';

const bytes = (text: string) => new TextEncoder().encode(text);

/** The bytes in pieces of `size`. */
async function* pieces(content: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < content.length; from += size) {
    await Promise.resolve();
    yield content.subarray(from, from + size);
  }
}

const read = (text: string | Uint8Array, client = 'MT_002', size = 1000) =>
  readLoad(pieces(typeof text === 'string' ? bytes(text) : text, size), client, 'LD.txt');

const HEADER = '"";"MT_001";"MT_002";"MT_003"\n';
const FILE =
  HEADER +
  '"2011-01-01 00:15:00";0;3,8071065989848;1\n' +
  '"2011-01-01 00:30:00";0;17;1,5E-2\n' +
  '"2011-01-01 00:45:00";-2;0,25;1\n';

describe('readLoad(pieces, client, source)', () => {
  it.each([
    ['MT_001', 'MT_001', [0, 0, -2]],
    ['MT_002', 'MT_002', [3.8071065989848, 17, 0.25]],
    ['MT_003', 'MT_003', [1, 0.015, 1]],
    ['1', 'MT_002', [3.8071065989848, 17, 0.25]],
  ])('reads client %s', async (asked, client, readings) => {
    expect(await read(FILE, asked)).toEqual({
      client,
      clients: 3,
      start: Date.UTC(2011, 0, 1, 0, 15),
      readings: Float64Array.from(readings),
    });
  });

  it.each([
    ['CRLF', FILE.replaceAll('\n', '\r\n')],
    ['a byte order mark', '\ufeff' + FILE],
    ['no line end at the end', FILE.slice(0, -1)],
    ['no quotes', FILE.replaceAll('"', '')],
    ['decimal points', FILE.replaceAll(',', '.')],
  ])('reads a file with %s', async (_, text) => {
    expect(await read(text)).toEqual(await read(FILE));
  });

  it.each([1, 2, 3, 7, 64])('reads it in pieces of %i bytes', async (size) => {
    const text = '\ufeff' + FILE.replaceAll('\n', '\r\n');
    expect(await read(text, 'MT_002', size)).toEqual(await read(FILE));
  });

  it.each([
    ['nothing', '', /LD\.txt is empty/],
    ['another kind of text', 'Alice was beginning to get very tired', /line 1: no header/],
    ['a file without a header', FILE.slice(HEADER.length), /line 1: no header/],
    ['a header without clients', '""\n', /line 1: no header/],
    ['only a header', HEADER, /line 1: no readings/],
    ['an empty line', FILE.replace('"2011-01-01 00:30', '\n"2011-01-01 00:30'), /line 3: the line is empty/],
    ['an empty line with CRLF', FILE.replaceAll('\n', '\r\n') + '\r\n', /line 5: the line is empty/],
    ['a missing column', FILE.replace(';17;', ';'), /line 3: 3 columns, but the header has 4/],
    ['an extra column', FILE.replace(';17;', ';17;18;'), /line 3: 5 columns/],
    ['a truncated last line', FILE.slice(0, -5), /line 4: 3 columns/],
    ['a word instead of a number', FILE.replace('17', 'n/a'), /line 3: "n\/a" for MT_002 is not a number/],
    ['an empty field', FILE.replace('17', ''), /line 3: "" for MT_002 is not a number/],
    ['two commas', FILE.replace('17', '1,7,0'), /line 3: "1,7,0" .* is not a number/],
    ['infinity', FILE.replace('17', 'Infinity'), /line 3: .* is not a number/],
    ['a number too large for float64', FILE.replace('17', '1e999'), /line 3: .* is not a number/],
    [
      'a word instead of a time',
      FILE.replace('"2011-01-01 00:30:00"', 'later'),
      /line 3: "later" is not a time/,
    ],
    ['a day that does not exist', FILE.replaceAll('01-01', '02-30'), /line 2: .* is not a time/],
    [
      'a missing line',
      FILE.replace(/"2011-01-01 00:30.*\n/, ''),
      /line 3: not a quarter of an hour after the line before/,
    ],
  ])('rejects %s, naming the line', async (_, text, message) => {
    const outcome = read(text);
    await expect(outcome).rejects.toThrow(DataError);
    await expect(outcome).rejects.toThrow(message);
  });

  it.each(['MT_004', '3', '99999999999999999999', '', '-1', 'mt_002'])(
    'rejects a client that does not exist: %p',
    async (client) => {
      await expect(read(FILE, client)).rejects.toThrow(
        /no client .* a column, 0 to 2, or a name, "MT_001" to/,
      );
    },
  );

  it('rejects a line that does not end', async () => {
    async function* endless() {
      const piece = new Uint8Array(2 ** 16).fill(';'.charCodeAt(0));
      for (;;) {
        await Promise.resolve();
        yield piece;
      }
    }
    await expect(readLoad(endless(), '0', 'LD.txt')).rejects.toThrow('LD.txt, line 1: longer than 1 MiB');
  });

  it('rejects a line of more than 1 MiB in one piece', async () => {
    const text = HEADER + '0;'.repeat(2 ** 20) + '\n';
    await expect(read(text, '0', 2 ** 22)).rejects.toThrow('LD.txt, line 2: longer than 1 MiB');
  });

  it('accepts a time out of order if no line is missing', async () => {
    const text = FILE.replace('00:30', '00:31');
    expect((await read(text)).readings).toHaveLength(3);
  });

  it('reads thousands of damaged files or rejects them', async () => {
    const sample = bytes(FILE.replace('\n', '\r\n'));
    const texts = ['"', ';', '\n', '\r\n', '"2011-01-01 00:15:00";', ',', '1e5', '\ufeff', '\0', 'MT_002'];
    const property = fc.asyncProperty(
      damaged(sample, texts),
      fc.integer({ min: 1, max: 99 }),
      async (file, size) => {
        const outcome = await read(file, 'MT_002', size).catch((error: unknown) => error);
        if (outcome instanceof Error) {
          if (!(outcome instanceof DataError)) throw outcome;
          expect(outcome.message).toMatch(/^[^\n]{1,300}$/);
          return;
        }
        const { readings } = outcome as Awaited<ReturnType<typeof read>>;
        expect(readings.every(Number.isFinite)).toBe(true);
        expect(readings.length).toBeLessThan(file.length);
      },
    );
    await fc.assert(property, { seed: 20, numRuns: FILES });
  });

  it('reads a file of 20,000 lines and 40 clients', async () => {
    const clients = Array.from({ length: 40 }, (_, n) => `"C${n}"`).join(';');
    const row = Array.from({ length: 40 }, (_, n) => `${n},5`).join(';');
    async function* lines() {
      yield bytes(`"";${clients}\n`);
      for (let n = 0; n < 20_000; n++) {
        const time = new Date(Date.UTC(2012, 0, 1) + n * QUARTER).toISOString();
        await Promise.resolve();
        yield bytes(`"${time.slice(0, 10)} ${time.slice(11, 19)}";${row}\n`);
      }
    }
    const { readings, client } = await readLoad(lines(), '17', 'LD.txt');
    expect(client).toBe('C17');
    expect(readings).toEqual(new Float64Array(20_000).fill(17.5));
  });
});
