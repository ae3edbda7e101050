/**
 * Tagged sentences from the trees of the Penn Treebank (Marcus, Santorini and Marcinkiewicz 1993), as in the files
 * `combined/wsj_*.mrg` of NLTK's sample. A tree is brackets in brackets; the innermost ones hold a tag and a word:
 *
 *   ( (S (NP-SBJ (DT The) (NN cat)) (VP (VBD sat) (NP (-NONE- *T*-1))) (. .)) )
 *
 * The words of the traces, tagged -NONE-, were never written or said: they are left out.
 */
import { DataError } from './errors.js';
import { textLines } from './lines.js';
import type { TaggedSentence } from './taggedSentence.js';

/** A bracket that is still open. */
interface Bracket {
  readonly line: number;
  /** Its label or tag and, if it has one, its word. */
  readonly texts: string[];
  hasBrackets: boolean;
}

/**
 * The sentences of one file, a tree each. Trees may be nested as deeply as the file is long.
 * @param source what to call the file in messages
 * @throws DataError when a bracket is missing or too many, or holds what no tree has; and as `textLines` does
 */
export function treebankSentences(bytes: Uint8Array, source: string): TaggedSentence[] {
  const sentences: TaggedSentence[] = [];
  const open: Bracket[] = [];
  let [words, tags]: [string[], string[]] = [[], []];
  const refuse = (line: number, why: string) => new DataError(`${source}, line ${line}: ${why}`);

  function close(line: number): void {
    const bracket = open.pop();
    if (!bracket) throw refuse(line, "a ')' too many");
    const [tag, word] = bracket.texts;
    if (!bracket.hasBrackets) {
      if (tag === undefined || word === undefined) throw refuse(line, 'a bracket without a tag and a word');
      if (tag !== '-NONE-') {
        words.push(word);
        tags.push(tag);
      }
    }
    if (open.length > 0) return;
    // Of an empty remark, such as a trace alone, nothing is left.
    if (words.length > 0) sentences.push({ words, tags });
    [words, tags] = [[], []];
  }

  textLines(bytes, source).forEach((text, n) => {
    const line = n + 1;
    for (const [token] of text.matchAll(/[()]|[^\s()]+/g)) {
      const bracket = open.at(-1);
      if (token === '(') {
        if (bracket && bracket.texts.length > 1) throw refuse(line, "a '(' after a tag and a word");
        if (bracket) bracket.hasBrackets = true;
        open.push({ line, texts: [], hasBrackets: false });
      } else if (token === ')') {
        close(line);
      } else {
        const shown = token.slice(0, 40);
        if (!bracket) throw refuse(line, `'${shown}' stands outside all brackets; is this a file of trees?`);
        if (bracket.hasBrackets || bracket.texts.length > 1)
          throw refuse(
            line,
            `'${shown}' is too much: a bracket holds a tag and a word, or a label and brackets`,
          );
        bracket.texts.push(token);
      }
    }
  });
  if (open.length > 0) throw refuse(open[0]!.line, 'a tree that is never closed; is the file complete?');
  return sentences;
}
