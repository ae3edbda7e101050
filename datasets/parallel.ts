/**
 * Tagged sentences in two parallel files: a sentence per line, and its tags on the same line of the other.
 */
import { requireFile, requireThat } from './checks.js';
import { DataError } from './errors.js';
import { textLines } from './lines.js';
import { tokensOf, type TaggedSentence } from './taggedSentence.js';

/** The content of a file, and its name in messages. */
export interface NamedBytes {
  readonly bytes: Uint8Array;
  readonly source: string;
}

/**
 * Reads the two files, UTF-8, with words and tags separated by white space.
 * @throws DataError when the numbers of lines differ, a line is empty, or a sentence's numbers of words and
 *         tags
 * differ; and as `textLines` does
 */
export function parallelSentences(words: NamedBytes, tags: NamedBytes): TaggedSentence[] {
  for (const file of [words, tags]) {
    const isFile = typeof file === 'object' && file !== null;
    requireThat('parallelSentences', isFile, 'words and tags must be { bytes, source }', file);
    requireFile('parallelSentences', file.bytes, file.source);
  }
  const [wordLines, tagLines] = [words, tags].map(({ bytes, source }) =>
    textLines(bytes, source).map((line, n) => {
      const tokens = tokensOf(line);
      if (tokens.length > 0) return tokens;
      throw new DataError(
        `${source}, line ${n + 1}: an empty line; remove it, and the same line of the other file`,
      );
    }),
  ) as [string[][], string[][]];

  // Lines first: if the files have shifted, the first line that differs is more helpful than the counts.
  for (let n = 0; n < Math.min(wordLines.length, tagLines.length); n++) {
    const [wordCount, tagCount] = [wordLines[n]!.length, tagLines[n]!.length];
    if (wordCount !== tagCount) {
      throw new DataError(
        `${tags.source}, line ${n + 1}: ${counted(tagCount, 'tag')} for the ${counted(wordCount, 'word')} ` +
          `of that line in ${words.source}; each word needs one`,
      );
    }
  }
  if (wordLines.length !== tagLines.length) {
    const [longer, shorter] =
      wordLines.length > tagLines.length ? [words.source, tags.source] : [tags.source, words.source];
    const line = Math.min(wordLines.length, tagLines.length) + 1;
    throw new DataError(
      `${longer}, line ${line}: ${shorter} has no such line; each sentence needs a line in both files`,
    );
  }
  return wordLines.map((line, n) => ({ words: line, tags: tagLines[n]! }));
}

function counted(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`;
}
