/** Tagged sentences in two parallel files: in one a sentence on each line, in the other, on the same line, its tags. */
import { DataError } from './errors.js';
import { textLines } from './lines.js';
import { tokensOf, type TaggedSentence } from './taggedSentence.js';

/** The content of a file, and what to call it in messages. */
export interface NamedBytes {
  readonly bytes: Uint8Array;
  readonly source: string;
}

/**
 * Reads the two files, UTF-8, words and tags separated by white space.
 * @throws DataError when one file has more lines than the other, a line is empty, or a sentence has not as many words as
 * tags; and as `textLines` does
 */
export function parallelSentences(words: NamedBytes, tags: NamedBytes): TaggedSentence[] {
  const [wordLines, tagLines] = [words, tags].map(({ bytes, source }) =>
    textLines(bytes, source).map((line, n) => {
      const tokens = tokensOf(line);
      if (tokens.length > 0) return tokens;
      throw new DataError(
        `${source}, line ${n + 1}: an empty line; remove it, and its partner in the other file`,
      );
    }),
  ) as [string[][], string[][]];

  // First the lines side by side: where the files have shifted, the first line that differs tells more than the counts.
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
