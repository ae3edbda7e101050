import { afterAll, describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from '../../../models/interchange/crc32.js';
import { isZip, readZip, streamZip } from '../../../tasks/zip/zip.js';
import { temporaryDirectory } from '../run.js';
import { openFiles } from './openFiles.js';
import { numbers, zip64End, zipOf, type Entry } from './zipWriter.js';

const directory = temporaryDirectory();
const at = (name: string) => join(directory.path, name);
afterAll(() => directory.remove());

function written(bytes: Uint8Array): string {
  writeFileSync(at('a.zip'), bytes);
  return at('a.zip');
}

const wanted = { pattern: /^d\/.*\.mrg$/, name: 'd/*.mrg' };
const LIMITS = { entries: 10, entryBytes: 2 ** 20, totalBytes: 2 ** 20 };
const LONG = 'The cat sat on the mat. '.repeat(20_000);

const read = (bytes: Uint8Array) => readZip(written(bytes), wanted, LIMITS);
async function stream(bytes: Uint8Array): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of streamZip(written(bytes), wanted, LIMITS)) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}
const texts = (files: Map<string, Uint8Array>) =>
  [...files].map(([name, bytes]) => [name, Buffer.from(bytes).toString()]);

describe('crc32(bytes)', () => {
  it('gives the check value of the standard, also in two parts', () => {
    const bytes = Buffer.from('123456789');
    expect(crc32(bytes)).toBe(0xcbf43926);
    expect(crc32(bytes.subarray(4), crc32(bytes.subarray(0, 4)))).toBe(0xcbf43926);
  });
});

describe('readZip(path, wanted)', () => {
  it('returns the wanted entries, stored or deflated, in the order of their names', async () => {
    const zip = zipOf([
      { name: 'd/b.mrg', content: LONG },
      { name: 'README', content: 'not this' },
      { name: 'd/', content: '', stored: true },
      { name: 'd/a.mrg', content: 'first', stored: true },
      { name: 'd/c.mrg', content: '', stored: true },
      { name: 'd/d.mrg', content: '' },
    ]);
    expect(texts(await read(zip))).toEqual([
      ['d/a.mrg', 'first'],
      ['d/b.mrg', LONG],
      ['d/c.mrg', ''],
      ['d/d.mrg', ''],
    ]);
  });

  it('reads a zip with a comment, and one in the format for large files', async () => {
    const entries = [{ name: 'd/a.mrg', content: 'text' }];
    expect(texts(await read(zipOf(entries, 'a comment')))).toEqual([['d/a.mrg', 'text']]);
    const small = zipOf(entries);
    const end = small.length - 22;
    const large = [
      small.subarray(0, end),
      zip64End(end, 1, small.readUInt32LE(end + 16)),
      small.subarray(end),
    ];
    expect(texts(await read(Buffer.concat(large)))).toEqual([['d/a.mrg', 'text']]);
  });
});

describe('streamZip(path, wanted)', () => {
  it('yields the entry in pieces', async () => {
    expect(await stream(zipOf([{ name: 'd/a.mrg', content: LONG }]))).toBe(LONG);
    expect(await stream(zipOf([{ name: 'd/a.mrg', content: LONG, stored: true }]))).toBe(LONG);
    let pieces = 0;
    for await (const piece of streamZip(at('a.zip'), wanted)) {
      expect(piece.length).toBeLessThanOrEqual(65536);
      pieces++;
    }
    expect(pieces).toBeGreaterThan(5);
  });

  it.each([true, false])('closes the file when the reader leaves early (stored: %s)', async (stored) => {
    const path = written(zipOf([{ name: 'd/a.mrg', content: LONG, stored }]));
    for await (const piece of streamZip(path, wanted)) {
      expect(piece.length).toBeGreaterThan(0);
      break;
    }
    expect(openFiles(directory.path)).toEqual([]);
  });

  it('refuses a zip with several such entries', async () => {
    const zip = zipOf(['a', 'b'].map((name) => ({ name: `d/${name}.mrg`, content: name })));
    await expect(stream(zip)).rejects.toThrow('a.zip has 2 entries d/*.mrg; it must have one');
  });
});

describe('isZip(path)', () => {
  it('looks at the first bytes', async () => {
    expect(await isZip(written(zipOf([{ name: 'a', content: 'text' }])))).toBe(true);
    expect(await isZip(written(zipOf([])))).toBe(true);
    expect(await isZip(written(Buffer.from('PK!')))).toBe(false);
    expect(await isZip(at('nowhere'))).toBe(false);
    expect(await isZip(directory.path)).toBe(false);
  });
});

describe('a bad zip is refused with one line:', () => {
  const one = (entry: Partial<Entry>) => zipOf([{ name: 'd/a.mrg', content: LONG, ...entry }]);
  const BYTES = LONG.length;
  const FAR = 2 ** 63;
  const afterEnd = (zip: Buffer, ...more: Buffer[]) => {
    const end = zip.length - 22;
    return Buffer.concat([zip.subarray(0, end), ...more, zip.subarray(end)]);
  };
  it.each<[string, Buffer, RegExp]>([
    ['an empty file', Buffer.alloc(0), /a.zip: not a zip file, or a truncated one$/],
    ['a text', Buffer.from(LONG), /a.zip: not a zip file, or a truncated one$/],
    ['a truncated zip', one({}).subarray(0, -30), /a.zip: not a zip file, or a truncated one$/],
    ['a zip whose beginning is missing', one({}).subarray(100), /a.zip: the zip is damaged: /],
    ['no such entry', one({ name: 'e/a.mrg' }), /a.zip has no entry d\/\*\.mrg: is it the right zip\?$/],
    ['no entry', zipOf([]), /a.zip has no entry d\/\*\.mrg/],
    [
      'a path that leads out',
      one({ name: '../../d/a.mrg' }),
      /leads out of the zip \(\.\.\/\.\.\/d\/a.mrg\)$/,
    ],
    ['a path that leads out later', one({ name: 'd/../../a' }), /leads out of the zip/],
    ['a path from the root', one({ name: '/d/a.mrg' }), /leads out of the zip \(\/d\/a.mrg\)$/],
    ['a path with a drive', one({ name: 'C:\\a.mrg' }), /leads out of the zip/],
    ['a path that leads out by backslashes', one({ name: '..\\a.mrg' }), /leads out of the zip/],
    [
      'a name of two lines',
      one({ name: 'd/a\n\u001b[31m.mrg', method: 1 }),
      /entry d\/a.{1,9}\[31m\.mrg: its compression/,
    ],
    ['an encrypted entry', one({ flags: 1 }), /entry d\/a.mrg: it is encrypted/],
    ['strong encryption', one({ flags: 0x41 }), /a.zip: it is encrypted/],
    [
      'another compression',
      one({ method: 14 }),
      /entry d\/a.mrg: its compression \(method 14\) is not supported/,
    ],
    [
      'a wrong checksum',
      one({ checksum: 1 }),
      /entry d\/a.mrg: the zip is damaged: the checksum does not match/,
    ],
    [
      'more bytes than claimed',
      one({ size: BYTES - 1 }),
      /damaged: more than the \d+ bytes that it should be/,
    ],
    ['fewer bytes than claimed', one({ size: BYTES + 1 }), /the zip is damaged: 480000 bytes of 480001/],
    [
      'two sizes of a stored entry',
      one({ size: 1, stored: true }),
      /damaged: an entry has two different sizes/,
    ],
    ['a size above the limit', one({ size: 2 ** 32 - 2 }), /4096 MiB unpacked, more than the 1 MiB allowed/],
    [
      'a bomb with its true size',
      one({ content: Buffer.alloc(2 ** 21) }),
      /2 MiB unpacked, more than the 1 MiB/,
    ],
    ['a bomb with a false size', one({ content: Buffer.alloc(2 ** 24), size: 9 }), /more than the 9 bytes/],
    [
      'an offset beyond the end',
      one({ offset: 2 ** 31 }),
      /entry d\/a.mrg: the zip is damaged: the file ends/,
    ],
    ['an offset to elsewhere', one({ offset: 3 }), /entry d\/a.mrg: the zip is damaged: /],
    [
      'an offset of 64 bits',
      one({ offset: 2 ** 32 - 1, extra: numbers([2, 1], [2, 8], [8, FAR]) }),
      /entry d\/a.mrg: the zip is damaged: the file ends too early/,
    ],
    [
      'a list at 64 bits',
      afterEnd(one({}), zip64End(one({}).length - 22, 1, FAR)),
      /the file ends too early/,
    ],
    ['an end at 64 bits', afterEnd(one({}), zip64End(FAR, 1, 0)), /the file ends too early/],
    [
      '2^63 entries',
      afterEnd(one({}), zip64End(one({}).length - 22, FAR, 0)),
      /more than the 10 allowed here/,
    ],
  ])('%s', async (_, zip, message) => {
    const error = await read(zip).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ name: 'InputError', message: expect.stringMatching(message) as unknown });
    expect((error as Error).message).not.toMatch(/\n/);
    await expect(stream(zip)).rejects.toMatchObject({
      name: 'InputError',
      message: (error as Error).message,
    });
    expect(openFiles(directory.path)).toEqual([]);
  });

  it('too many entries, too many bytes in total, and a duplicate entry', async () => {
    const names = (...list: string[]) =>
      zipOf(list.map((name) => ({ name: `d/${name}.mrg`, content: Buffer.alloc(400_000) })));
    await expect(read(names(...'abcdefghijk'))).rejects.toThrow(/has 11 entries, more than the 10 allowed/);
    await expect(read(names('a', 'b', 'c'))).rejects.toThrow(
      /3 entries d\/\*\.mrg: 2 MiB unpacked, more than/,
    );
    await expect(read(names('a', 'a'))).rejects.toThrow(/has two entries named d\/a.mrg/);
  });

  it('a file that cannot be opened', async () => {
    await expect(readZip(at('nowhere.zip'), wanted)).rejects.toThrow(
      /cannot read .*nowhere.zip: there is no such file/,
    );
    await expect(readZip(directory.path, wanted)).rejects.toThrow(/cannot read .*: a zip must be a file/);
  });
});
