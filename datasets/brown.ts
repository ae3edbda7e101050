/**
 * The Brown corpus (Francis and Kucera 1964), form C: one sentence per line, each word as `word/tag`.
 *
 * Its tags encode more than the part of speech, and only that is kept: `fw-nn-tl` is a noun, foreign and part
 * of a title, and `ppss+bem` (I'm) a pronoun with a contracted verb.
 */
import { requireFile, requireText } from './checks.js';
import { textLines } from './lines.js';
import type { TaggedSentence } from './taggedSentence.js';
import { sentencesOf } from './wordTag.js';

/**
 * The sentences of one file; empty lines are ignored.
 * @param source the file's name in messages
 * @throws DataError when a token is not a word with a tag, and as `textLines` does
 */
export function brownSentences(bytes: Uint8Array, source: string): TaggedSentence[] {
  requireFile('brownSentences', bytes, source);
  return sentencesOf(textLines(bytes, source), source, '/', brownTag);
}

/**
 * The part of speech in a tag: without the prefix `fw-` (foreign), the suffixes `-hl`, `-tl`, `-nc`
 * (headline, title, cited), contracted words (`+`), and the negation of a verb (`*`, which alone is the tag
 * of "not").
 * @throws TypeError when it is no string
 */
export function brownTag(tag: string): string {
  requireText('brownTag', 'tag', tag);
  const core = tag.replace(/^fw-/, '');
  // The first character is always kept, because `*` alone is a tag.
  const end = core.slice(1).search(/[+*]|-(hl|tl|nc)/);
  return end < 0 ? core : core.slice(0, end + 1);
}
