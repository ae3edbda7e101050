/** The directory of a zip: its entries and the places of their bytes. yauzl reads the format. */
import { open, stat, type FileHandle } from 'node:fs/promises';
import { fromRandomAccessReaderPromise, RandomAccessReader, type Entry, type ZipFile } from 'yauzl';
import { InputError } from '../../models/index.js';
import { printable } from '../common/printable.js';
import { reason } from '../common/reason.js';

/** An open zip. */
export interface OpenZip {
  /** As given by the user. */
  readonly path: string;
  readonly file: FileHandle;
  readonly directory: ZipFile;
}

/**
 * yauzl reads through this. Sizes and offsets come from the file and may be wrong: an impossible position is
 * an error here, whereas Node would throw within a callback. The caller closes the file.
 */
class FileReader extends RandomAccessReader {
  constructor(private readonly file: FileHandle) {
    super();
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    readFully(this.file, buffer.subarray(offset, offset + length), position)
      .then(() => callback(null))
      .catch(callback);
  }
}

/** @throws Error when the file ends too early */
export async function readFully(file: FileHandle, buffer: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < buffer.length;) {
    const from = position + done;
    const { bytesRead } = Number.isSafeInteger(from)
      ? await file.read(buffer, done, buffer.length - done, from)
      : { bytesRead: 0 };
    if (bytesRead === 0) throw new Error('the file ends too early');
    done += bytesRead;
  }
}

/**
 * Opens a zip; close its file when done.
 * @param most the maximum number of entries
 * @throws InputError when it cannot be read, is not a zip, or has too many entries
 */
export async function openZip(path: string, most: number): Promise<OpenZip> {
  const cannot = (error: unknown) => new InputError(`cannot read ${path}: ${reason(error)}`);
  // Checked before opening, which would wait for the other end of a pipe.
  const status = await stat(path).catch((error: unknown) => {
    throw cannot(error);
  });
  if (!status.isFile()) throw new InputError(`cannot read ${path}: a zip must be a file`);
  const file = await open(path, 'r').catch((error: unknown) => {
    throw cannot(error);
  });
  try {
    const directory = await fromRandomAccessReaderPromise(new FileReader(file), status.size, {
      autoClose: false,
    });
    if (directory.entryCount > most) {
      throw new InputError(`${path} has ${directory.entryCount} entries, more than the ${most} allowed here`);
    }
    return { path, file, directory };
  } catch (error) {
    await file.close();
    throw damaged(path, error);
  }
}

/**
 * The entries whose path matches the pattern.
 * @throws InputError when the list is damaged, or has a path that leads out of the zip or occurs twice
 */
export async function findEntries({ path, directory }: OpenZip, pattern: RegExp): Promise<Entry[]> {
  const found = new Map<string, Entry>();
  try {
    for await (const entry of directory.eachEntry()) {
      const name = entry.fileName;
      if (!pattern.test(name)) continue;
      if (found.has(name)) throw new InputError(printable(`${path} has two entries named ${name}`));
      found.set(name, entry);
    }
  } catch (error) {
    throw damaged(path, error);
  }
  return [...found.values()];
}

/** The position of an entry's packed bytes. */
export async function startOf({ path, directory }: OpenZip, entry: Entry): Promise<number> {
  try {
    const { fileDataStart } = await directory.readLocalFileHeaderPromise(entry, { minimal: true });
    return fileDataStart;
  } catch (error) {
    throw damaged(`${path}, entry ${entry.fileName}`, error);
  }
}

/** yauzl's error messages, reworded for the user. */
const WORDS: readonly [RegExp, string][] = [
  [/^End of central directory record signature not found.*/s, 'not a zip file, or a truncated one'],
  [
    /^(absolute path|invalid relative path|invalid characters in fileName): (.*)/s,
    'an entry has a path that leads out of the zip ($2)',
  ],
  [/^strong encryption.*/s, 'it is encrypted; unpack it and pack it again without a password'],
  [/^multi-disk.*/s, 'it is one part of several; join them first'],
  [/^compressed\/uncompressed size mismatch.*/s, 'the zip is damaged: an entry has two different sizes'],
];

/** @param where the file, and the entry if known */
export function damaged(where: string, error: unknown): InputError {
  if (error instanceof InputError) return error;
  const said = reason(error);
  const [pattern, words] = WORDS.find(([known]) => known.test(said)) ?? [/^/, 'the zip is damaged: '];
  return new InputError(printable(`${where}: ${said.replace(pattern, words)}`));
}
