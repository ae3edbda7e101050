/** The page's text, from its bytes. */
import { InputError } from '../../../models/index.js';
import { sha256 } from '../../../models/weights/sha256.js';
import { numberText } from '../../alice/numberText.js';
import type { Book } from '../../alice/windows.js';
import type { TextBytes } from '../protocol.js';

/** More than a page would read in an hour. */
const MOST_BYTES = 4_000_000;

/**
 * Cleans and numbers a text, as `alice` does with a file.
 * @param steps the characters of a window
 * @throws InputError or DataError when it is empty, binary, too large or too short, has no text after
 *   cleaning, or only one character
 */
export function readText({ source, bytes }: TextBytes, steps: number): Book {
  if (bytes.length > MOST_BYTES) {
    const size = (bytes.length / 1e6).toFixed(1);
    throw new InputError(`${source} has ${size} MB; the page takes texts up to ${MOST_BYTES / 1e6} MB.`);
  }
  const book = numberText(bytes, { source, sha256: sha256(bytes) }, 'ascii', 'give an English text.');
  const { ids } = book;
  if (ids.length <= steps) {
    throw new InputError(
      `${source} is too short for ${steps} steps: it has ${ids.length} of ${steps + 1} characters.`,
    );
  }
  if (book.record.vocabulary.length < 2)
    throw new InputError(`${source} has only one distinct character, so there is nothing to predict.`);
  return book;
}
