/**
 * Files in a zip, read where they lie: nothing is unpacked to the disk. A zip is somebody else's file, so nothing that it
 * says of itself is believed: sizes are limited and counted, paths may not climb, checksums must fit.
 */
import { open, stat } from 'node:fs/promises';
import { InputError } from '../../models/index.js';
import { MiB } from '../common/files.js';
import { printable } from '../common/printable.js';
import { entryBytes } from './zipContent.js';
import { findEntries, openZip } from './zipDirectory.js';

/** Which entries of a zip are wanted. */
export interface Wanted {
  /** Fits their paths in the zip, with `/` between folders. */
  readonly pattern: RegExp;
  /** What to call them in messages: `LD2011_2014.txt`. */
  readonly name: string;
}

/** What a zip may hold at most. */
export interface ZipLimits {
  /** Entries, wanted or not. */
  readonly entries: number;
  /** Unpacked bytes of one wanted entry. */
  readonly entryBytes: number;
  /** Unpacked bytes of all wanted entries. */
  readonly totalBytes: number;
}

/** Far above any data set of texts here, far below what fills a memory. */
const SMALL_FILES: ZipLimits = { entries: 20_000, entryBytes: 16 * MiB, totalBytes: 256 * MiB };

/** A stream takes no memory: the limit is what anybody would wait for. */
const STREAM: ZipLimits = { entries: 20_000, entryBytes: 16_384 * MiB, totalBytes: 16_384 * MiB };

/**
 * The wanted entries, unpacked, by their paths in the zip and in the order of these.
 * @throws InputError naming file and entry: not a zip, damaged, truncated, encrypted, too large, a path that climbs, or no
 * such entry
 */
export async function readZip(
  path: string,
  wanted: Wanted,
  limits = SMALL_FILES,
): Promise<Map<string, Uint8Array>> {
  const zip = await openZip(path, limits.entries);
  try {
    const entries = await findEntries(zip, wanted.pattern);
    if (entries.length === 0) throw none(path, wanted);
    entries.sort((a, b) => (a.fileName < b.fileName ? -1 : 1));
    let total = 0;
    for (const entry of entries) {
      requireAtMost(limits.entryBytes, entry.uncompressedSize, `${path}, entry ${entry.fileName}`);
      total += entry.uncompressedSize;
    }
    requireAtMost(limits.totalBytes, total, `${path}, ${entries.length} entries ${wanted.name}`);
    const contents = new Map<string, Uint8Array>();
    for (const entry of entries) {
      const pieces: Uint8Array[] = [];
      for await (const piece of entryBytes(zip, entry)) pieces.push(piece);
      contents.set(entry.fileName, Buffer.concat(pieces));
    }
    return contents;
  } finally {
    await zip.file.close();
  }
}

/**
 * The one wanted entry, unpacked piece by piece in bounded memory. The file is open as long as the loop over the pieces runs.
 * @throws InputError as `readZip`, and when there are several; a damaged end is told at the end, when the rest has been read
 */
export async function* streamZip(path: string, wanted: Wanted, limits = STREAM): AsyncGenerator<Uint8Array> {
  const zip = await openZip(path, limits.entries);
  try {
    const [entry, ...others] = await findEntries(zip, wanted.pattern);
    if (!entry) throw none(path, wanted);
    if (others.length > 0) {
      throw new InputError(`${path} has ${others.length + 1} entries ${wanted.name}, and one is wanted`);
    }
    requireAtMost(limits.entryBytes, entry.uncompressedSize, `${path}, entry ${entry.fileName}`);
    yield* entryBytes(zip, entry);
  } finally {
    await zip.file.close();
  }
}

/** The wanted entries and how many bytes they say they have, unpacked. Throws as `readZip`, except for what is in them. */
export async function listZip(path: string, wanted: Wanted): Promise<{ name: string; size: number }[]> {
  const zip = await openZip(path, STREAM.entries);
  try {
    const entries = await findEntries(zip, wanted.pattern);
    return entries.map(({ fileName: name, uncompressedSize: size }) => ({ name, size }));
  } finally {
    await zip.file.close();
  }
}

/** Whether a file begins as a zip does; false also where it cannot be read, which its reader will tell. */
export async function isZip(path: string): Promise<boolean> {
  // A pipe is left alone: what is read from it is gone.
  const status = await stat(path).catch(() => null);
  const file = status?.isFile() ? await open(path, 'r').catch(() => null) : null;
  try {
    const start = Buffer.alloc(4);
    await file?.read(start, 0, 4, 0);
    return ['PK\x03\x04', 'PK\x05\x06'].includes(start.toString('latin1'));
  } catch {
    return false;
  } finally {
    await file?.close();
  }
}

function none(path: string, { name }: Wanted): InputError {
  return new InputError(`${path} has no entry ${name}: is it the right zip?`);
}

function requireAtMost(limit: number, size: number, what: string): void {
  if (size <= limit) return;
  const mebibytes = (bytes: number) => `${Math.ceil(bytes / MiB)} MiB`;
  throw new InputError(
    printable(`${what}: ${mebibytes(size)} unpacked, more than the ${mebibytes(limit)} allowed here`),
  );
}
