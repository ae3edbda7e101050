/**
 * A download under way: the bytes that have come, in a file beside the one they are to become, and a note of which version of
 * which file they are part of. Both are kept when the download breaks off, so that it can go on from there.
 */
import { open, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { InputError } from '../../models/index.js';
import { isText, isRecordOf } from '../common/checks.js';
import { reason } from '../common/reason.js';

/** What the bytes are part of. */
export interface Version {
  readonly url: string;
  /** What the server calls this version: its ETag, or the date of the last change. */
  readonly validator: string;
}

const hasFields = isRecordOf({ url: isText, validator: isText });
const isVersion = (value: unknown): value is Version => hasFields(value);

/** Where the parts of a download lie. */
export function partialPaths(target: string): { bytes: string; note: string } {
  return { bytes: `${target}.part`, note: `${target}.part.json` };
}

/** What there is of a file. */
export interface Partial {
  readonly size: number;
  readonly version: Version;
}

/** What there is of the file at that address; null: nothing that could be gone on with. */
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
 * Begins anew.
 * @param version null when the server names none: then there will be no going on
 * @throws InputError when it cannot be written, as its `append` and `close`
 */
export async function beginPartial(target: string, version: Version | null): Promise<PartialFile> {
  const { bytes, note } = partialPaths(target);
  // In this order: a note never stands beside bytes of another version.
  await removePartial(target);
  await telling(bytes, writeFile(bytes, ''));
  if (version) await telling(note, writeFile(note, JSON.stringify(version)));
  return continuePartial(target);
}

/** Goes on at the end of what is there. */
export async function continuePartial(target: string): Promise<PartialFile> {
  const { bytes } = partialPaths(target);
  const file = await telling(bytes, open(bytes, 'a'));
  return {
    append: (piece) => telling(bytes, file.writeFile(piece)), // goes on after a short write
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

/** Forgets what has come. */
export async function removePartial(target: string): Promise<void> {
  const { bytes, note } = partialPaths(target);
  await unlink(note).catch(() => {});
  await unlink(bytes).catch(() => {});
}

/** The bytes are whole and right: they become the file. */
export async function finishPartial(target: string): Promise<void> {
  const { bytes, note } = partialPaths(target);
  await telling(target, rename(bytes, target));
  await unlink(note).catch(() => {});
}
