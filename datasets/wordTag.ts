/** Tagged sentences in running text: one per line, each word with its tag behind a slash or an underscore. */
import { requireFile, requireThat } from './checks.js';
import { DataError } from './errors.js';
import { textLines } from './lines.js';
import { tokensOf, type TaggedSentence } from './taggedSentence.js';

/**
 * The sentences of one file, `The/DT cat/NN`; empty lines are ignored. Words may contain the sign, tags do not.
 * @param source the file's name in messages
 * @param sign   between word and tag. Default: the one that the first word with either has, `/` or `_`
 * @throws DataError when a token is not a word with a tag, and as `textLines` does
 */
export function wordTagSentences(bytes: Uint8Array, source: string, sign?: '/' | '_'): TaggedSentence[] {
  requireFile('wordTagSentences', bytes, source);
  const isSign = sign === undefined || sign === '/' || sign === '_';
  requireThat('wordTagSentences', isSign, "sign must be '/' or '_'", sign);
  const lines = textLines(bytes, source);
  const first = lines.find((line) => /[/_]/.test(line)) ?? '';
  return sentencesOf(lines, source, sign ?? (signsOf(first).find(Boolean) || '/'), (tag) => tag);
}

/** The signs that all words of a line have. */
export function signsOf(line: string): ('/' | '_')[] {
  const tokens = tokensOf(line);
  return (['/', '_'] as const).filter(
    (sign) => tokens.length > 0 && tokens.every((token) => /^[^]+[^]$/.test(token) && hasTag(token, sign)),
  );
}

const hasTag = (token: string, sign: string) => {
  const at = token.lastIndexOf(sign);
  return at > 0 && at < token.length - 1;
};

/** @param tagOf what to keep of a tag; nothing is an error */
export function sentencesOf(
  lines: readonly string[],
  source: string,
  sign: '/' | '_',
  tagOf: (tag: string) => string,
): TaggedSentence[] {
  const sentences: TaggedSentence[] = [];
  lines.forEach((line, n) => {
    const pairs = tokensOf(line).map((token): [word: string, tag: string] => {
      const at = token.lastIndexOf(sign);
      const [word, tag] = [token.slice(0, at), tagOf(token.slice(at + 1))];
      if (at < 1 || tag === '') {
        const name = sign === '/' ? 'a slash' : 'an underscore';
        throw new DataError(
          `${source}, line ${n + 1}: '${token.slice(0, 40)}' is not a word, ${name} and a tag`,
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
