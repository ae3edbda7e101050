/** A data set that has a home elsewhere. */
import { createHash } from 'node:crypto';
import { InputError } from '../../models/index.js';
import { readPieces } from '../common/files.js';

export interface Source {
  /** What it is, and under which terms. */
  readonly title: string;
  /** What its file is called here. */
  readonly file: string;
  /** How it comes here: from an address, or by the user's own hands. */
  readonly home: Download | ByHand;
  /** In hexadecimal; null where the publisher changes the file now and then. */
  readonly sha256: string | null;
  /**
   * What is in the file, in words for the user.
   * @throws InputError or DataError when it is not what it should be
   */
  count(path: string): string | Promise<string>;
  /** The program that reads it. */
  readonly task: string;
}

export interface Download {
  readonly url: string;
  /** Bytes at most. */
  readonly limit: number;
}

export interface ByHand {
  readonly page: string;
  /** What to do there. */
  readonly steps: string;
}

/** What a file was found to be. */
export interface Found {
  readonly counts: string;
  readonly sha256: string;
}

/** @throws InputError or DataError when a file is not what it should be */
export async function verify(source: Source, path: string): Promise<Found> {
  const hash = createHash('sha256');
  for await (const piece of readPieces(path)) hash.update(piece);
  const sha256 = hash.digest('hex');
  if (source.sha256 !== null && sha256 !== source.sha256) {
    throw new InputError(`${path} has the checksum ${sha256}, and should have ${source.sha256}`);
  }
  return { sha256, counts: await source.count(path) };
}
