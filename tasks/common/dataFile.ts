/** A file of data: its bytes, unpacked if it ends in .gz, and its checksum. */
import { gunzipSync } from 'node:zlib';
import { InputError } from '../../models/index.js';
import { MiB, readInput, sha256, sourceName } from './files.js';
import { reason } from './reason.js';

export interface DataFile {
  readonly bytes: Uint8Array;
  /** The file's name in messages. */
  readonly source: string;
  /** Of the file as stored. */
  readonly sha256: string;
}

/** Whether bytes are the beginning of a file packed by gzip. */
export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Whether bytes are the beginning of a zip with something in it. */
export const isZipStart = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.subarray(0, 4)).toString('latin1') === 'PK\x03\x04';

/**
 * Reads a file, a pipe or, as `-`, standard input.
 * @param limit in bytes, also of what is unpacked
 * @throws InputError when it cannot be read, is empty, too large, or damaged
 */
export function readDataFile(path: string, limit: number): DataFile {
  const stored = readInput(path, limit);
  const source = sourceName(path);
  const file = { source, sha256: sha256(stored) };
  if (isZipStart(stored)) throw new InputError(`${source} is a zip; unpack it first`);
  if (!isGzip(stored)) return { ...file, bytes: stored };
  try {
    return { ...file, bytes: gunzipSync(stored, { maxOutputLength: limit }) };
  } catch (error) {
    throw new InputError(`${source} ${gzipReason(error, limit)}`);
  }
}

/** What is wrong with a file packed by gzip. */
export function gzipReason(error: unknown, limit: number): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ERR_BUFFER_TOO_LARGE') return `has more than ${limit / MiB} MiB unpacked`;
  return `is a damaged .gz file (${reason(error)}); get a new copy`;
}
