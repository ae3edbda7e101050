/**
 * A partial download: the bytes so far, in a file next to the target, and a note that says which version of
 * which file they belong to. Both are kept when the download breaks off, so that it can be continued.
 */
import { open, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { InputError } from '../../models/index.js';
import { isText, isRecordOf } from '../common/checks.js';
import { reason } from '../common/reason.js';

/** The origin of the bytes. */
export interface Version {
  readonly url: string;
  /** The server's name of this version: its ETag, or the date of the last change. */
  readonly validator: string;
}

const hasFields = isRecordOf({ url: isText, validator: isText });
const isVersion = (value: unknown): value is Version => hasFields(value);

/** The files of a partial download. */
export function partialPaths(target: string): { bytes: string; note: string } {
  return { bytes: `${target}.part`, note: `${target}.part.json` };
}

/** The downloaded part of a file. */
export interface Partial {
  readonly size: number;
  readonly version: Version;
}

/** The downloaded part of the file at that address; null: nothing that could be continued. */
export async function findPartial(target: string, url: string): Promise<Partial | null> {
  const { bytes, note } = partialPaths(target);
  try {
    const version: unknown = JSON.parse(await readFile(note, 'utf8'));
    const { size } = await stat(bytes);
    return isVersion(version) && version.url === url && size > 0 ? { size, version } : null;
  } catch {
    return null;
  }
}

/** Appends to a partial file. */
export interface PartialFile {
  append(piece: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts from scratch.
 * @param version null if the server names none: the download then cannot be continued
 * @throws InputError when it cannot be written, as do its `append` and `close`
 */
export async function beginPartial(target: string, version: Version | null): Promise<PartialFile> {
  const { bytes, note } = partialPaths(target);
  // In this order, so that the note never describes bytes of another version.
  await removePartial(target);
  await telling(bytes, writeFile(bytes, ''));
  if (version) await telling(note, writeFile(note, JSON.stringify(version)));
  return continuePartial(target);
}

/** Continues at the end of the existing bytes. */
export async function continuePartial(target: string): Promise<PartialFile> {
  const { bytes } = partialPaths(target);
  const file = await telling(bytes, open(bytes, 'a'));
  return {
    append: (piece) => telling(bytes, file.writeFile(piece)), // repeats short writes
    close: () =>
      telling(
        bytes,
        file.sync().finally(() => file.close()),
      ),
  };
}

async function telling<T>(path: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new InputError(`cannot write ${path}: ${reason(error)}`);
  }
}

/** Removes the partial download. */
export async function removePartial(target: string): Promise<void> {
  const { bytes, note } = partialPaths(target);
  await unlink(note).catch(() => {});
  await unlink(bytes).catch(() => {});
}

/** Turns the complete, checked bytes into the target. */
export async function finishPartial(target: string): Promise<void> {
  const { bytes, note } = partialPaths(target);
  await telling(target, rename(bytes, target));
  await unlink(note).catch(() => {});
}
