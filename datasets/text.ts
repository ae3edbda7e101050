/** Plain text as the chapter reads it: cleaned, and each character replaced by its number. */

/**
 * The chapter's cleaning: strips and lower-cases lines, drops non-ASCII bytes and empty lines, and joins the
 * rest with single spaces. White space and letters are those of ASCII, as for bytes in Python.
 */
export function cleanText(bytes: Uint8Array): string {
  // latin1 gives one character per byte, so dropping a byte affects no other.
  const lines = new TextDecoder('latin1').decode(bytes).split('\n');
  return lines
    .map((line) => line.replace(/^[ \t\r\v\f]+|[ \t\r\v\f]+$/g, ''))
    .map((line) => line.replace(/[^\0-\x7f]/g, '').toLowerCase())
    .filter((line) => line.length > 0)
    .join(' ');
}

/** The part between Project Gutenberg's header and licence, or all of the text if it has neither. */
export function withoutGutenbergFrame(bytes: Uint8Array): Uint8Array {
  const text = new TextDecoder('latin1').decode(bytes);
  const start = /\*\*\* ?START OF.*\n/.exec(text);
  const from = start ? start.index + start[0].length : 0;
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

/** Numbers the characters of a text. */
export function encodeText(text: string): EncodedText {
  const vocabulary = [...new Set(text)].sort().join('');
  const number = new Map([...vocabulary].map((character, id) => [character, id]));
  return { vocabulary, ids: Int32Array.from(text, (character) => number.get(character)!) };
}

/** The text that the numbers stand for. */
export function decodeText(vocabulary: string, ids: Int32Array): string {
  return Array.from(ids, (id) => vocabulary[id]).join('');
}
