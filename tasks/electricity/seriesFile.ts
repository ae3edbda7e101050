/** Reads files with a load, recognized by their first bytes: .npy, zip, or the text of LD2011_2014. */
import { createHash, type Hash } from 'node:crypto';
import { decodeNpy, readLoad, type Load } from '../../datasets/index.js';
import { InputError } from '../../models/index.js';
import { MiB, readPieces } from '../common/files.js';
import { streamZip } from '../zip/zip.js';

/** The content of a file: a load of LD2011_2014.txt, or only readings. */
export interface SeriesFile {
  readonly load: Load | null;
  readonly readings: Float64Array;
  /** Of the file, or of the text in the zip. */
  readonly sha256: string;
}

const TEXT = 'LD2011_2014.txt';

/** More than a hundred years of float64. */
const LONGEST_NPY = 64 * MiB;

/**
 * Reads a file or a pipe as a stream.
 * @param client a client of LD2011_2014.txt, by name or column
 * @throws InputError or DataError when it cannot be read
 */
export async function readSeriesFile(path: string, client: string): Promise<SeriesFile> {
  const hash = createHash('sha256');
  const file = readPieces(path);
  const first = await file.next();
  if (first.done) throw new InputError(`${path} is empty`);
  const begins = (magic: string) => Buffer.from(first.value).toString('latin1', 0, magic.length) === magic;

  if (begins('\x93NUMPY')) {
    const bytes = await collect(hashed(chain(first.value, file), hash), path);
    return { load: null, readings: decodeNpy(bytes, path), sha256: hash.digest('hex') };
  }
  const zipped = begins('PK');
  if (zipped) await file.return(undefined);
  const text = zipped
    ? streamZip(path, { pattern: new RegExp(`(^|/)${TEXT}$`), name: TEXT })
    : chain(first.value, file);
  const load = await readLoad(hashed(text, hash), client, zipped ? `${path}, entry ${TEXT}` : path);
  return { load, readings: load.readings, sha256: hash.digest('hex') };
}

async function* chain(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}

async function* hashed(pieces: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    hash.update(piece);
    yield piece;
  }
}

async function collect(pieces: AsyncIterable<Uint8Array>, path: string): Promise<Uint8Array> {
  const collected: Uint8Array[] = [];
  let size = 0;
  for await (const piece of pieces) {
    size += piece.length;
    if (size > LONGEST_NPY) {
      throw new InputError(`cannot read ${path}: it is larger than ${LONGEST_NPY / MiB} MiB`);
    }
    collected.push(piece);
  }
  return Buffer.concat(collected);
}
