/** Bytes that are read from any place, of a file or in memory. */
import type { FileHandle } from 'node:fs/promises';
import { readFully } from '../zip/zipDirectory.js';
import { MiB } from '../common/files.js';

export interface Bytes {
  readonly byteLength: number;
  /** @param end exclusive. Default: all that follow */
  slice(start: number, end?: number): Promise<ArrayBuffer>;
}

/** No page of a table is longer, nor is what tells of its columns: a damaged file may claim any length. */
const LONGEST = 256 * MiB;

/** The bytes of an open file. */
export function bytesOfFile(file: FileHandle, byteLength: number): Bytes {
  return {
    byteLength,
    async slice(start, end = byteLength) {
      requirePart(start, end, byteLength);
      const part = new Uint8Array(end - start);
      await readFully(file, part, start);
      return part.buffer;
    },
  };
}

export function bytesOfArray(bytes: Uint8Array): Bytes {
  return {
    byteLength: bytes.length,
    slice: (start, end = bytes.length) => {
      requirePart(start, end, bytes.length);
      // Not bytes.slice, which copies nothing of a Buffer.
      return Promise.resolve(new Uint8Array(bytes.subarray(start, end)).buffer);
    },
  };
}

function requirePart(start: number, end: number, size: number): void {
  if (!(start >= 0 && start <= end && end <= size)) throw new Error('the file ends too early');
  if (end - start > LONGEST) throw new Error(`a part of it is longer than ${LONGEST / MiB} MiB`);
}
