/** The text that Alice learns from: a file, or the book that a development dependency carries. */
import { fileURLToPath } from 'node:url';
import { cleanText, encodeText, withoutGutenbergFrame } from '../../datasets/index.js';
import { InputError } from '../../models/index.js';
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
  const file = path ?? embeddedBook();
  const bytes = readInput(file, LIMIT);
  if (bytes.includes(0)) throw new InputError(`${file} is a binary file; pass a plain text with --data`);
  const text = cleanText(withoutGutenbergFrame(bytes));
  if (text === '') throw new InputError(`${file} holds no ASCII text; pass an English text with --data`);
  const { vocabulary, ids } = encodeText(text);
  const source = path ?? "Alice's Adventures in Wonderland, Project Gutenberg 11 (webtorrent-fixtures)";
  return { ids, record: { source, sha256: sha256(bytes), characters: ids.length, vocabulary } };
}

/** The package exports its index alone; the book lies beside it. */
function embeddedBook(): string {
  try {
    return fileURLToPath(new URL('fixtures/alice.txt', import.meta.resolve('webtorrent-fixtures')));
  } catch {
    throw new InputError('the embedded book is not installed: run `npm ci`, or pass a text with --data FILE');
  }
}
