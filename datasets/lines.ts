/** The lines of a text. */
import { decodeBytes } from './decode.js';

/** The lines, whatever ends them: LF, CRLF or CR. A line end at the end does not start another line. */
export function splitLines(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/**
 * The lines of a text file in any usual encoding, without line ends and without a byte order mark. Line n of
 * the file is entry n - 1.
 * @param source the file's name in messages
 * @throws DataError as `decodeBytes`
 */
export function textLines(bytes: Uint8Array, source: string): string[] {
  return splitLines(decodeBytes(bytes, source).text);
}
