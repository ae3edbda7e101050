/** The text that Alice learns from, and its windows: T characters, and the one after them as the label. */
import { cleanText, encodeText, withoutGutenbergFrame } from '../../datasets/index.js';
import { InputError, type Examples } from '../../models/index.js';
import { embeddedPath } from '../common/embedded.js';
import { MiB, readInput, sha256 } from '../common/files.js';

/** What is said of a text. */
export interface BookRecord {
  /** Where it came from. */
  source: string;
  /** Of the file as it lies on disk. */
  sha256: string;
  characters: number;
  /** The distinct characters, sorted. */
  vocabulary: string;
}

/** Larger texts do not fit into one string. */
const LIMIT = 500 * MiB;

export interface Book {
  readonly record: BookRecord;
  /** The text, a number for each character: its place in the vocabulary. */
  readonly ids: Int32Array;
}

/**
 * Reads, cleans and numbers a text.
 * @param path null for the embedded book
 * @throws InputError when the file is missing, empty, binary, or nothing is left of it
 */
export function readBook(path: string | null): Book {
  const instead = 'pass a text with --data FILE';
  const file = path ?? embeddedPath('webtorrent-fixtures', 'fixtures/alice.txt', 'book is', instead);
  const bytes = readInput(file, LIMIT);
  if (bytes.includes(0)) throw new InputError(`${file} is a binary file; pass a plain text with --data`);
  const text = cleanText(withoutGutenbergFrame(bytes));
  if (text === '') throw new InputError(`${file} holds no ASCII text; pass an English text with --data`);
  const { vocabulary, ids } = encodeText(text);
  const source = path ?? "Alice's Adventures in Wonderland, Project Gutenberg 11 (webtorrent-fixtures)";
  return { ids, record: { source, sha256: sha256(bytes), characters: ids.length, vocabulary } };
}

/** A text cut into windows, its end held out if that is asked for. */
export interface CutBook {
  /** Of the part to train on. */
  readonly ids: Int32Array;
  readonly training: Examples;
  readonly validation: Examples | null;
}

/**
 * @param validation the share to be held out; 0: none
 * @throws InputError when a part has not a single window
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
 * Every window of `ids`, one character apart.
 * @param what names the text in the message
 * @throws InputError when there is not a single window
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
