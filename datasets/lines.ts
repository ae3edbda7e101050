/** The lines of a text file. */
import { requireFile } from './checks.js';
import { DataError } from './errors.js';

/**
 * The lines of a UTF-8 text, without line ends (LF or CRLF) and without a leading byte order mark. Line n of
 * the file is entry n - 1. A line end at the end of the file does not start another line.
 * @param source the file's name in messages
 * @throws DataError naming a line that is not UTF-8 or contains a NUL
 */
export function textLines(bytes: Uint8Array, source: string): string[] {
  requireFile('textLines', bytes, source);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text;
  try {
    text = decoder.decode(bytes);
  } catch {
    throw new DataError(
      `${source}, line ${firstBadLine(bytes)}: not UTF-8 text; convert the file to UTF-8, for example with iconv`,
    );
  }
  const zero = text.indexOf('\0');
  if (zero >= 0) {
    const line = text.slice(0, zero).split('\n').length;
    throw new DataError(`${source}, line ${line}: a binary file, not text (there is a byte 0)`);
  }
  const lines = text.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** Counts from 1. No other character contains a newline byte, so each line can be decoded separately. */
function firstBadLine(bytes: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for (let line = 1, from = 0; ; line++) {
    const end = bytes.indexOf(10, from);
    try {
      decoder.decode(bytes.subarray(from, end < 0 ? bytes.length : end));
    } catch {
      return line;
    }
    if (end < 0) return line;
    from = end + 1;
  }
}
