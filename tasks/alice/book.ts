/** Alice's training text, from its file. */
import { cleanText, encodeText, withoutGutenbergFrame } from '../../datasets/index.js';
import { InputError } from '../../models/index.js';
import { embeddedPath } from '../common/embedded.js';
import { MiB, readInput, sha256 } from '../common/files.js';
import type { Book } from './windows.js';

/** The limit; larger texts do not fit into one string. */
const LIMIT = 500 * MiB;

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
