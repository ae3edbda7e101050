/** Zips that are written here are read by yauzl, and here again. */
import { expect, it } from '@jest/globals';
import { buffer } from 'node:stream/consumers';
import { fromBufferPromise } from 'yauzl';
import { InputError } from '../../engine/index.js';
import { crc32 } from '../../models/interchange/crc32.js';
import { refusing } from '../../models/interchange/refusal.js';
import { openZip } from '../../models/interchange/zip.js';
import { writeZip } from '../../models/interchange/zipWriter.js';

const text = (written: string) => new TextEncoder().encode(written);
const files = new Map([
  ['metadata.json', text('{"keras_version":"3.15.1"}')],
  ['empty', new Uint8Array(0)],
  ['a/ä.bin', Uint8Array.from({ length: 70_000 }, (_, n) => n % 251)],
]);

it('holds the files in their order', async () => {
  const zip = openZip(writeZip(files), refusing('it'));
  expect(zip.names).toEqual([...files.keys()]);
  for (const [name, content] of files) expect(Buffer.compare(await zip.read(name), content)).toBe(0);
});

it('is read by another reader, names and checksums included', async () => {
  const zip = await fromBufferPromise(Buffer.from(writeZip(files)), { autoClose: false });
  const read = new Map<string, Uint8Array>();
  for await (const entry of zip.eachEntry()) {
    const content = await buffer(await zip.openReadStreamPromise(entry));
    expect(entry).toMatchObject({ crc32: crc32(content), compressionMethod: 0 });
    read.set(entry.fileName, new Uint8Array(content));
  }
  expect([...read]).toEqual([...files]);
});

it('is the same zip at any time', () => {
  expect(Buffer.compare(writeZip(files), writeZip(new Map(files)))).toBe(0);
  const list = writeZip(new Map([['a', new Uint8Array(1)]]));
  // 1980-01-01, midnight.
  expect([...list.subarray(10, 14)]).toEqual([0, 0, 0x21, 0]);
});

it('is none of more than a zip can have', () => {
  const many = new Map(Array.from({ length: 65_536 }, (_, n) => [`${n}`, new Uint8Array(0)]));
  expect(() => writeZip(many)).toThrow(InputError);
  expect(() => writeZip(many)).toThrow('65536 files: more than a zip can have');
  expect(() => writeZip(new Map([['x'.repeat(65_536), new Uint8Array(0)]]))).toThrow(
    /^x{80}\.\.: a name too long for a zip$/,
  );
});
