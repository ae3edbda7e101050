/**
 * The Brown corpus (Francis and Kucera 1964), form C: a sentence on a line, each word as `word/tag`.
 *
 * Its tags say more than the part of speech. Left here is what stands for it: `fw-nn-tl` is a noun, foreign and part
 * of a title, and `ppss+bem` (I'm) a pronoun with the verb that hangs on it.
 */
import { DataError } from './errors.js';
import { textLines } from './lines.js';
import { tokensOf, type TaggedSentence } from './taggedSentence.js';

/**
 * The sentences of one file; empty lines lie between them.
 * @param source what to call the file in messages
 * @throws DataError when something is no word with a tag, and as `textLines` does
 */
export function brownSentences(bytes: Uint8Array, source: string): TaggedSentence[] {
  const sentences: TaggedSentence[] = [];
  textLines(bytes, source).forEach((line, n) => {
    const pairs = tokensOf(line).map((token): [word: string, tag: string] => {
      // A word may hold a slash itself, a tag does not.
      const slash = token.lastIndexOf('/');
      const [word, tag] = [token.slice(0, slash), brownTag(token.slice(slash + 1))];
      if (slash < 1 || tag === '') {
        throw new DataError(
          `${source}, line ${n + 1}: '${token.slice(0, 40)}' is not a word, a slash and a tag`,
        );
      }
      return [word, tag];
    });
    if (pairs.length > 0) {
      sentences.push({ words: pairs.map(([word]) => word), tags: pairs.map(([, tag]) => tag) });
    }
  });
  return sentences;
}

/**
 * The part of speech in a tag: without `fw-` (foreign) before it, without `-hl`, `-tl`, `-nc` (headline, title, cited)
 * after it, without what hangs on the word (`+`), and without the negation of a verb (`*`, which is "not" by itself).
 */
export function brownTag(tag: string): string {
  const core = tag.replace(/^fw-/, '');
  // A first character is never cut off: `*` alone is a tag.
  const end = core.slice(1).search(/[+*]|-(hl|tl|nc)/);
  return end < 0 ? core : core.slice(0, end + 1);
}
