/** Thousands of damaged zips: each is read or refused in one line, and no file stays open. */
import { afterAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readZip, streamZip } from '../../../tasks/zip/zip.js';
import { temporaryDirectory } from '../run.js';
import { openFiles } from './openFiles.js';
import { zip64End, zipOf } from './zipWriter.js';

const RUNS = { seed: 20, numRuns: 2000 };
const wanted = { pattern: /^a/, name: 'a*' };
/** Just above the sizes in the zip, so that a size increased by damage exceeds them. */
const LIMITS = { entries: 5, entryBytes: 3000, totalBytes: 4000 };

const directory = temporaryDirectory();
const path = join(directory.path, 'damaged.zip');
afterAll(() => directory.remove());

const text = 'In a hole in the ground there lived a number of words. '.repeat(50);
const plain = zipOf([
  { name: 'a1', content: text },
  { name: 'a2', content: text.slice(0, 100), stored: true },
  { name: 'b', content: '' },
]);
const end = plain.length - 22;
const large = Buffer.concat([
  plain.subarray(0, end),
  zip64End(end, 3, plain.readUInt32LE(end + 16)),
  plain.subarray(end),
]);

/** A random position in the zip, more often near its end, where the list of entries is. */
const place = fc.oneof(
  fc.nat(large.length - 1),
  fc.nat(400).map((back) => large.length - 1 - back),
);
const value = fc.oneof(fc.constantFrom(0, 1, 0x7f, 0x80, 0xff), fc.nat(255));

type Damage = (zip: Buffer) => Buffer;
const damage: fc.Arbitrary<Damage> = fc.oneof(
  fc.tuple(place, value).map(([n, byte]): Damage => (zip) => {
    zip[n % zip.length] = byte;
    return zip;
  }),
  // A field of 2, 4 or 8 bytes is set to the largest number, or another.
  fc.tuple(place, fc.constantFrom(2, 4, 8), value).map(([n, bytes, byte]): Damage => (zip) => {
    return zip.fill(byte, n % zip.length, Math.min((n % zip.length) + bytes, zip.length));
  }),
  // The end or the start is cut off.
  place.map((n): Damage => (zip) => {
    return zip.subarray(0, n + 1);
  }),
  place.map((n): Damage => (zip) => {
    return zip.subarray(n % zip.length);
  }),
  // A part is duplicated, removed or moved.
  fc.tuple(place, place, place).map(([a, b, c]): Damage => (zip) => {
    return Buffer.concat([zip.subarray(0, a), zip.subarray(b, c)]);
  }),
  fc.tuple(place, place, place).map(([a, b, c]): Damage => (zip) => {
    return Buffer.concat([zip.subarray(0, a), zip.subarray(b, c), zip.subarray(a)]);
  }),
);
const damagedZip = fc
  .tuple(fc.constantFrom(plain, large), fc.array(damage, { minLength: 1, maxLength: 3 }))
  .map(([zip, steps]) =>
    steps.reduce((bytes: Buffer, step) => (bytes.length > 0 ? step(bytes) : bytes), Buffer.from(zip)),
  );

/** The bytes read, or null for a zip that was properly refused. */
async function outcome(reading: Promise<number>): Promise<number | null> {
  try {
    return await reading;
  } catch (error) {
    expect(error).toMatchObject({ name: 'InputError' });
    expect((error as Error).message).not.toMatch(/\p{C}/u);
    return null;
  }
}

async function readAll(): Promise<number> {
  const files = await readZip(path, wanted, LIMITS);
  return [...files.values()].reduce((sum, bytes) => sum + bytes.length, 0);
}

/** @param most pieces to read before leaving; 0: all */
async function readStream(most: number): Promise<number> {
  let [pieces, bytes] = [0, 0];
  for await (const piece of streamZip(path, { pattern: /^a1/, name: 'a1' }, LIMITS)) {
    bytes += piece.length;
    if (++pieces === most) break;
  }
  return bytes;
}

// An unhandled rejection or an error in a callback fails the test too: Jest listens for them.
it('a damaged zip is read or refused, in bounded memory, and closed', async () => {
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(damagedZip, fc.nat(1), async (zip, most) => {
      writeFileSync(path, zip);
      const read = await outcome(readAll());
      if (read === null) refused++;
      expect(read ?? 0).toBeLessThanOrEqual(LIMITS.totalBytes);
      expect((await outcome(readStream(most))) ?? 0).toBeLessThanOrEqual(LIMITS.entryBytes);
    }),
    RUNS,
  );
  expect(openFiles(directory.path)).toEqual([]);
  // Most damage was detected, and some zips were still readable.
  expect(refused).toBeGreaterThan(RUNS.numRuns / 2);
  expect(refused).toBeLessThan(RUNS.numRuns);
});
