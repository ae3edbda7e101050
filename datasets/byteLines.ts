/** The lines of a text too large for memory, as bytes: parsing numbers needs no characters. */
import { DataError } from './errors.js';

const NEWLINE = 10;
const RETURN = 13;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** The longest line, in bytes. */
const LONGEST = 2 ** 20;

/**
 * The lines, without line ends (LF or CRLF) and without a byte order mark. A line is valid until the next one
 * is requested. A line end at the end of the file does not start another line.
 * @param source the file's name in messages
 * @throws DataError naming a line longer than 1 MiB
 */
export async function* byteLines(
  pieces: AsyncIterable<Uint8Array>,
  source: string,
): AsyncGenerator<Uint8Array> {
  let number = 1;
  /** The beginning of a line that continues in the next piece. */
  let held = new Uint8Array(2 ** 16);
  let length = 0;

  function hold(bytes: Uint8Array): void {
    if (length + bytes.length > LONGEST) {
      throw new DataError(`${source}, line ${number}: longer than 1 MiB; is it a text file?`);
    }
    if (length + bytes.length > held.length) {
      const larger = new Uint8Array(LONGEST);
      larger.set(held.subarray(0, length));
      held = larger;
    }
    held.set(bytes, length);
    length += bytes.length;
  }

  function finish(line: Uint8Array): Uint8Array {
    const marked = number === 1 && BYTE_ORDER_MARK.every((byte, n) => line[n] === byte);
    const end = line.at(-1) === RETURN ? line.length - 1 : line.length;
    number++;
    return line.subarray(marked ? BYTE_ORDER_MARK.length : 0, end);
  }

  for await (const piece of pieces) {
    for (let from = 0; from < piece.length;) {
      const end = piece.indexOf(NEWLINE, from);
      const rest = piece.subarray(from, end < 0 ? piece.length : end);
      if (length > 0 || end < 0 || rest.length > LONGEST) hold(rest);
      if (end < 0) break;
      yield finish(length > 0 ? held.subarray(0, length) : rest);
      length = 0;
      from = end + 1;
    }
  }
  if (length > 0) yield finish(held.subarray(0, length));
}
