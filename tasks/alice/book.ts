/** Alice's training text and its windows: T characters, with the next one as the label. */
import { cleanText, encodeText, withoutGutenbergFrame } from '../../datasets/index.js';
import { InputError, type Examples } from '../../models/index.js';
import { embeddedPath } from '../common/embedded.js';
import { MiB, readInput, sha256 } from '../common/files.js';

/** Facts about a text. */
export interface BookRecord {
  /** Its origin. */
  source: string;
  /** Of the file as stored. */
  sha256: string;
  characters: number;
  /** The distinct characters, sorted. */
  vocabulary: string;
}

/** The limit; larger texts do not fit into one string. */
const LIMIT = 500 * MiB;

export interface Book {
  readonly record: BookRecord;
  /** The text as one number per character, its index in the vocabulary. */
  readonly ids: Int32Array;
}

/**
 * Reads, cleans and numbers a text.
 * @param path null for the bundled book
 * @throws InputError when the file is missing, empty or binary, or has no text after cleaning
 */
export function readBook(path: string | null): Book {
  const instead = 'pass a text with --data FILE';
  const file = path ?? embeddedPath('webtorrent-fixtures', 'fixtures/alice.txt', 'book is', instead);
  const bytes = readInput(file, LIMIT);
  if (bytes.includes(0)) throw new InputError(`${file} is a binary file; pass a plain text with --data`);
  const text = cleanText(withoutGutenbergFrame(bytes));
  if (text === '') throw new InputError(`${file} contains no ASCII text; pass an English text with --data`);
  const { vocabulary, ids } = encodeText(text);
  const source = path ?? "Alice's Adventures in Wonderland, Project Gutenberg 11 (webtorrent-fixtures)";
  return { ids, record: { source, sha256: sha256(bytes), characters: ids.length, vocabulary } };
}

/** A text cut into windows, its end held out on request. */
export interface CutBook {
  /** Of the training part. */
  readonly ids: Int32Array;
  readonly training: Examples;
  readonly validation: Examples | null;
}

/**
 * @param validation the share to hold out; 0: none
 * @throws InputError when a part is too short for one window
 */
export function cutBook(
  ids: Int32Array,
  source: string,
  { seqlen, validation: share }: { seqlen: number; validation: number },
): CutBook {
  const end = ids.length - Math.round(ids.length * share);
  const trainingIds = ids.subarray(0, end);
  const part = (name: string) => (share ? `the ${name} part of ${source} (--validation ${share})` : source);
  const training = textWindows(trainingIds, seqlen, part('training'));
  const validation = share ? textWindows(ids.subarray(end), seqlen, part('held-out')) : null;
  return { ids: trainingIds, training, validation };
}

/**
 * All windows of `ids`, each shifted by one character.
 * @param what the text's name in the message
 * @throws InputError when the text is too short for one window
 */
function textWindows(ids: Int32Array, T: number, what: string): Examples {
  const count = ids.length - T;
  if (count < 1) {
    throw new InputError(
      `${what} is too short: ${ids.length} characters, at least ${T + 1} are needed for --seqlen ${T}`,
    );
  }
  return {
    count,
    write({ input, labels, batch }, row, index) {
      // Time-major: step t of example `row` is at t·B + row.
      for (let t = 0; t < T; t++) input.data[t * batch + row] = ids[index + t]!;
      labels!.data[row] = ids[index + T]!;
    },
  };
}
