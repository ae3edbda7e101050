/** Plain text as the chapter reads it: cleaned, and each character replaced by its number. */
import { requireBytes, requireText, requireThat } from './checks.js';

/** White space within a line, as for bytes in Python. */
const SPACES = ' \t\r\v\f';

/**
 * The chapter's cleaning: strips and lower-cases lines, drops non-ASCII bytes and empty lines, and joins the
 * rest with single spaces. White space and letters are those of ASCII, as for bytes in Python.
 * @throws TypeError when they are no bytes
 */
export function cleanText(bytes: Uint8Array): string {
  requireBytes('cleanText', bytes);
  // latin1 gives one character per byte, so dropping a byte affects no other.
  const lines = new TextDecoder('latin1').decode(bytes).split('\n');
  return lines
    .map((line) =>
      strip(line)
        .replace(/[^\0-\x7f]/g, '')
        .toLowerCase(),
    )
    .filter((line) => line.length > 0)
    .join(' ');
}

/** Without white space at both ends. (A regular expression for the end would look at each space anew.) */
function strip(line: string): string {
  let [from, to] = [0, line.length];
  while (from < to && SPACES.includes(line[from]!)) from++;
  while (from < to && SPACES.includes(line[to - 1]!)) to--;
  return line.slice(from, to);
}

/** The end of Project Gutenberg's header: today's, which may go over two lines, or that of the nineties. */
const HEADER_END = /\*\*\* ?START OF(?:[^*]{0,300}\*\*\*)?|\*END\*? ?THE SMALL PRINT!/;

/**
 * The part between Project Gutenberg's header and licence, or all of the text if it has neither.
 * @throws TypeError when they are no bytes
 */
export function withoutGutenbergFrame(bytes: Uint8Array): Uint8Array {
  requireBytes('withoutGutenbergFrame', bytes);
  const text = new TextDecoder('latin1').decode(bytes);
  const start = HEADER_END.exec(text);
  // The text begins after that line; a last line without an end is no header.
  const from = start ? text.indexOf('\n', start.index + start[0].length) + 1 : 0;
  const end = /^(End of (the )?Project Gutenberg|\*\*\* ?END OF)/m.exec(text.slice(from));
  return bytes.subarray(from, end ? from + end.index : bytes.length);
}

/** A text as character numbers. */
export interface EncodedText {
  /** The distinct characters, sorted; a character's number is its index here. */
  readonly vocabulary: string;
  /** The text, character by character. */
  readonly ids: Int32Array;
}

/** Numbers the characters of a text. @throws TypeError when it is no string */
export function encodeText(text: string): EncodedText {
  requireText('encodeText', 'text', text);
  const vocabulary = [...new Set(text)].sort().join('');
  const number = new Map([...vocabulary].map((character, id) => [character, id]));
  return { vocabulary, ids: Int32Array.from(text, (character) => number.get(character)!) };
}

/**
 * The text that the numbers stand for.
 * @throws TypeError when they are no numbers of characters; RangeError when the vocabulary has no such character
 */
export function decodeText(vocabulary: string, ids: Int32Array): string {
  requireText('decodeText', 'vocabulary', vocabulary);
  requireThat('decodeText', ids instanceof Int32Array, 'ids must be an Int32Array', ids);
  const wrong = ids.find((id) => vocabulary[id] === undefined);
  if (wrong !== undefined)
    throw new RangeError(`decodeText: there is no character ${wrong}; there are ${vocabulary.length}`);
  return Array.from(ids, (id) => vocabulary[id]).join('');
}
