/** The page's text, from its bytes. */
import { cleanText, encodeText, withoutGutenbergFrame } from '../../../datasets/index.js';
import { InputError } from '../../../models/index.js';
import type { Book } from '../../alice/windows.js';
import type { TextBytes } from '../protocol.js';

/** More than a page would read in an hour. */
const MOST_BYTES = 4_000_000;

/**
 * Cleans and numbers a text, as `alice` does with a file.
 * @throws InputError when it is empty, binary or too large, or has no text after cleaning
 */
export async function readText({ source, bytes }: TextBytes): Promise<Book> {
  if (bytes.length > MOST_BYTES) {
    const size = (bytes.length / 1e6).toFixed(1);
    throw new InputError(`${source} has ${size} MB; the page takes texts up to ${MOST_BYTES / 1e6} MB.`);
  }
  if (bytes.includes(0)) throw new InputError(`${source} is a binary file; give a plain text.`);
  const text = cleanText(withoutGutenbergFrame(bytes));
  if (text === '') throw new InputError(`${source} has no ASCII letters; give an English text.`);
  const { vocabulary, ids } = encodeText(text);
  return { ids, record: { source, sha256: await sha256(bytes), characters: ids.length, vocabulary } };
}

async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
