/** Plain text as the chapter reads it: cleaned, and each character replaced by its number. */
import { isWords, requireText, requireThat } from './checks.js';
import { splitLines } from './lines.js';

/** White space within a line, as for bytes in Python. */
const SPACES = ' \t\v\f';

/** Which characters of a text are kept: those of ASCII, as in the chapter, or all. */
export type Characters = 'ascii' | 'all';

/**
 * The chapter's cleaning: strips and lower-cases lines, drops characters that are not ASCII and empty lines, and
 * joins the rest with single spaces. White space and letters are those of ASCII, as for bytes in Python.
 * @param characters `all` drops none of them, and joins letters with their accents (Unicode's form NFC).
 *                   Default `ascii`
 * @throws TypeError when it is no string, or `characters` is another word
 */
export function cleanText(text: string, characters: Characters = 'ascii'): string {
  requireText('cleanText', 'text', text);
  const isKnown = characters === 'ascii' || characters === 'all';
  requireThat('cleanText', isKnown, "characters must be 'ascii' or 'all'", characters);
  const clean =
    characters === 'all'
      ? (line: string) => line.trim()
      : (line: string) => strip(line).replace(/[^\0-\x7f]/g, '');
  return splitLines(characters === 'all' ? text.normalize('NFC') : text)
    .map((line) => clean(line).toLowerCase())
    .filter((line) => line.length > 0)
    .join(' ');
}

/** How many characters of a text are not ASCII. @throws TypeError when it is no string */
export function countOutsideAscii(text: string): number {
  requireText('countOutsideAscii', 'text', text);
  let count = 0;
  for (let n = 0; n < text.length; n++) {
    // The second half of a character of two units is not counted.
    const unit = text.charCodeAt(n);
    if (unit > 0x7f && (unit < 0xdc00 || unit > 0xdfff)) count++;
  }
  return count;
}

/** Without white space at both ends. (A regular expression for the end would look at each space anew.) */
function strip(line: string): string {
  let [from, to] = [0, line.length];
  while (from < to && SPACES.includes(line[from]!)) from++;
  while (from < to && SPACES.includes(line[to - 1]!)) to--;
  return line.slice(from, to);
}

/** A text as character numbers. */
export interface EncodedText {
  /**
   * The distinct characters, sorted; a character's number is its index here. Characters are those of Unicode,
   * so that an emoji is one, although it takes two places in a string.
   */
  readonly vocabulary: readonly string[];
  /** The text, character by character. */
  readonly ids: Int32Array;
}

/** Numbers the characters of a text. @throws TypeError when it is no string */
export function encodeText(text: string): EncodedText {
  requireText('encodeText', 'text', text);
  const vocabulary = [...new Set(text)].sort();
  const number = new Map(vocabulary.map((character, id) => [character, id]));
  // Not Int32Array.from(text, ..), which would first make a list of all characters.
  const ids = new Int32Array(text.length);
  let count = 0;
  for (const character of text) ids[count++] = number.get(character)!;
  return { vocabulary, ids: count === ids.length ? ids : ids.slice(0, count) };
}

/**
 * The text that the numbers stand for.
 * @param vocabulary the characters, as a list or as one string
 * @throws TypeError when they are no numbers of characters; RangeError when the vocabulary has no such character
 */
export function decodeText(vocabulary: string | readonly string[], ids: Int32Array): string {
  const isVocabulary = typeof vocabulary === 'string' || isWords(vocabulary);
  requireThat('decodeText', isVocabulary, 'vocabulary must be characters', vocabulary);
  requireThat('decodeText', ids instanceof Int32Array, 'ids must be an Int32Array', ids);
  const characters = typeof vocabulary === 'string' ? [...vocabulary] : vocabulary;
  const wrong = ids.find((id) => characters[id] === undefined);
  if (wrong !== undefined)
    throw new RangeError(`decodeText: there is no character ${wrong}; there are ${characters.length}`);
  return Array.from(ids, (id) => characters[id]).join('');
}
