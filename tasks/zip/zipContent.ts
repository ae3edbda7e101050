/** The bytes of a zip entry, unpacked in pieces and checked against the size and checksum in the zip. */
import type { FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import type { Entry } from 'yauzl';
import { InputError } from '../../models/index.js';
import { printable } from '../common/printable.js';
import { crc32 } from '../../models/interchange/crc32.js';
import { damaged, readFully, startOf, type OpenZip } from './zipDirectory.js';

const PIECE = 2 ** 16;

/** The compression methods. The format has a dozen, and nearly all zips use these. */
const STORED = 0;
const DEFLATED = 8;

/**
 * The unpacked bytes, in pieces of at most 64 KiB whatever the zip claims. A wrong size or checksum is an
 * error as soon as it is found.
 * @throws InputError naming file and entry
 */
export async function* entryBytes(zip: OpenZip, entry: Entry): AsyncGenerator<Uint8Array> {
  const where = `${zip.path}, entry ${entry.fileName}`;
  const refuse = (why: string) => new InputError(printable(`${where}: ${why}`));
  if (entry.isEncrypted()) throw refuse('it is encrypted; unpack it and pack it again without a password');
  const { compressionMethod: method, uncompressedSize: size } = entry;
  if (method !== STORED && method !== DEFLATED) {
    throw refuse(`its compression (method ${method}) is not supported; pack it again as an ordinary zip`);
  }
  const packed = packedBytes(zip.file, await startOf(zip, entry), entry.compressedSize);
  let count = 0;
  let checksum = 0;
  try {
    for await (const piece of method === STORED ? packed : inflated(packed)) {
      count += piece.length;
      if (count > size) throw refuse(`the zip is damaged: more than the ${size} bytes that it should be`);
      checksum = crc32(piece, checksum);
      yield piece;
    }
  } catch (error) {
    throw damaged(where, error);
  }
  if (count < size) throw refuse(`the zip is damaged: ${count} bytes of ${size}`);
  if (checksum !== entry.crc32) throw refuse('the zip is damaged: the checksum does not match');
}

async function* packedBytes(file: FileHandle, start: number, size: number): AsyncGenerator<Uint8Array> {
  for (let done = 0; done < size;) {
    const piece = new Uint8Array(Math.min(PIECE, size - done));
    await readFully(file, piece, start + done);
    done += piece.length;
    yield piece;
  }
}

function inflated(packed: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  // If either end fails or is left, the other is closed; the error appears where the result is read.
  return pipeline(packed, createInflateRaw({ chunkSize: PIECE }), () => {});
}
