/** Alice's training text, from its file. */
import type { Characters } from '../../datasets/index.js';
import { readDataFile } from '../common/dataFile.js';
import { embeddedPath } from '../common/embedded.js';
import { MiB } from '../common/files.js';
import { numberText } from './numberText.js';
import type { Book } from './windows.js';

/** The limit; larger texts do not fit into one string. */
const LIMIT = 500 * MiB;

const TITLE = "Alice's Adventures in Wonderland, Project Gutenberg 11 (webtorrent-fixtures)";

/**
 * Reads, cleans and numbers a text.
 * @param path null for the bundled book; `-`: standard input
 * @throws InputError or DataError when the file is missing, empty or binary, or has no text after cleaning
 */
export function readBook(path: string | null, characters: Characters = 'ascii'): Book {
  const instead = 'pass a text with --data FILE';
  const file = path ?? embeddedPath('webtorrent-fixtures', 'fixtures/alice.txt', 'book is', instead);
  const { bytes, source, sha256 } = readDataFile(file, LIMIT);
  const otherwise = 'pass another with --data, or keep all of it with --characters all';
  return numberText(bytes, { source: path === null ? TITLE : source, sha256 }, characters, otherwise);
}
