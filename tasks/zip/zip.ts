/**
 * Reads files inside a zip; nothing is unpacked to disk. A zip is untrusted: sizes are limited and counted,
 * paths must not lead out of it, checksums must match.
 */
import { open, stat } from 'node:fs/promises';
import { InputError } from '../../models/index.js';
import { MiB } from '../common/files.js';
import { printable } from '../common/printable.js';
import { entryBytes } from './zipContent.js';
import { findEntries, openZip } from './zipDirectory.js';

/** The wanted entries of a zip. */
export interface Wanted {
  /** Matches their paths in the zip, with `/` between folders. */
  readonly pattern: RegExp;
  /** Their name in messages: `LD2011_2014.txt`. */
  readonly name: string;
}

/** Limits on the content of a zip. */
export interface ZipLimits {
  /** The number of entries, wanted or not. */
  readonly entries: number;
  /** Unpacked bytes of one wanted entry. */
  readonly entryBytes: number;
  /** Unpacked bytes of all wanted entries. */
  readonly totalBytes: number;
}

/** Far above the size of any data set here, far below the size of memory. */
const SMALL_FILES: ZipLimits = { entries: 20_000, entryBytes: 16 * MiB, totalBytes: 256 * MiB };

/** A stream takes no memory; this limits the waiting time. */
const STREAM: ZipLimits = { entries: 20_000, entryBytes: 16_384 * MiB, totalBytes: 16_384 * MiB };

/**
 * The wanted entries, unpacked, by path and in the order of their paths.
 * @throws InputError naming file and entry: not a zip, damaged, truncated, encrypted, too large, a path that
 * leads out of the zip, or no such entry
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
 * The one wanted entry, unpacked in pieces and in bounded memory. The file is open while the loop over the
 * pieces runs.
 * @throws InputError as `readZip`, and when there are several; damage is reported once it is
 * reached
 */
export async function* streamZip(path: string, wanted: Wanted, limits = STREAM): AsyncGenerator<Uint8Array> {
  const zip = await openZip(path, limits.entries);
  try {
    const [entry, ...others] = await findEntries(zip, wanted.pattern);
    if (!entry) throw none(path, wanted);
    if (others.length > 0) {
      throw new InputError(`${path} has ${others.length + 1} entries ${wanted.name}; it must have one`);
    }
    requireAtMost(limits.entryBytes, entry.uncompressedSize, `${path}, entry ${entry.fileName}`);
    yield* entryBytes(zip, entry);
  } finally {
    await zip.file.close();
  }
}

/** The wanted entries and their claimed unpacked sizes. Throws as `readZip`, except for their content. */
export async function listZip(path: string, wanted: Wanted): Promise<{ name: string; size: number }[]> {
  const zip = await openZip(path, STREAM.entries);
  try {
    const entries = await findEntries(zip, wanted.pattern);
    return entries.map(({ fileName: name, uncompressedSize: size }) => ({ name, size }));
  } finally {
    await zip.file.close();
  }
}

/** Whether a file starts like a zip; false too if it cannot be read, which its reader will report. */
export async function isZip(path: string): Promise<boolean> {
  // Not for a pipe: bytes read from it are gone.
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
