/** A data set that is published elsewhere. */
import { createHash } from 'node:crypto';
import { InputError } from '../../models/index.js';
import { readPieces } from '../common/files.js';

export interface Source {
  /** Its title and licence. */
  readonly title: string;
  /** The local name of its file. */
  readonly file: string;
  /** Its origin: an address, or a page for downloading it by hand. */
  readonly home: Download | ByHand;
  /** In hexadecimal; null if the published file changes now and then or has no known checksum. */
  readonly sha256: string | null;
  /**
   * Describes the content of the file for the user.
   * @throws InputError or DataError when the content is wrong
   */
  count(path: string): string | Promise<string>;
  /** The program that reads it. */
  readonly task: string;
}

export interface Download {
  readonly url: string;
  /** The maximum size in bytes. */
  readonly limit: number;
}

export interface ByHand {
  readonly page: string;
  /** The steps to take there. */
  readonly steps: string;
}

/** The content and checksum of a file. */
export interface Found {
  readonly counts: string;
  readonly sha256: string;
}

/** @throws InputError or DataError when the file is wrong */
export async function verify(source: Source, path: string): Promise<Found> {
  const hash = createHash('sha256');
  for await (const piece of readPieces(path)) hash.update(piece);
  const sha256 = hash.digest('hex');
  if (source.sha256 !== null && sha256 !== source.sha256) {
    throw new InputError(`${path} has the checksum ${sha256} instead of ${source.sha256}`);
  }
  return { sha256, counts: await source.count(path) };
}
