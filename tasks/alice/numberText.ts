/** A text as the program trains on it: decoded, without its licence, cleaned and numbered. */
import {
  cleanText,
  countOutsideAscii,
  decodeBytes,
  encodeText,
  withoutGutenbergFrame,
  type Characters,
} from '../../datasets/index.js';
import { InputError } from '../../models/index.js';
import type { Book } from './windows.js';

/**
 * @param instead what to give instead, in messages
 * @throws DataError when it is no text; InputError when nothing is left of it, or only one character
 */
export function numberText(
  bytes: Uint8Array,
  { source, sha256 }: { source: string; sha256: string },
  characters: Characters,
  instead: string,
): Book {
  const { text, encoding } = decodeBytes(bytes, source);
  const body = withoutGutenbergFrame(text);
  const { vocabulary, ids } = encodeText(cleanText(body, characters));
  const dropped = characters === 'all' ? 0 : countOutsideAscii(body);
  if (ids.length === 0) {
    throw new InputError(`${source} has no ${characters === 'all' ? '' : 'ASCII '}letters; ${instead}`);
  }
  return { ids, record: { source, sha256, encoding, characters: ids.length, dropped, vocabulary } };
}
