/**
 * Tagged sentences from the trees of the Penn Treebank (Marcus, Santorini and Marcinkiewicz 1993), as in the
 * files `combined/wsj_*.mrg` of NLTK's sample. A tree is nested brackets; the innermost contain a tag and a
 * word:
 *
 *   ( (S (NP-SBJ (DT The) (NN cat)) (VP (VBD sat) (NP (-NONE- *T*-1))) (. .)) )
 *
 * Traces, tagged -NONE-, are not words of the text and are left out.
 */
import { requireFile } from './checks.js';
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
 * The sentences of one file, one per tree. Trees may be nested to any depth.
 * @param source the file's name in messages
 * @throws DataError when brackets do not match or a bracket's content is not that of a tree; and as
 *         `textLines` does
 */
export function treebankSentences(bytes: Uint8Array, source: string): TaggedSentence[] {
  requireFile('treebankSentences', bytes, source);
  const sentences: TaggedSentence[] = [];
  const open: Bracket[] = [];
  let [words, tags]: [string[], string[]] = [[], []];
  const refuse = (line: number, why: string) => new DataError(`${source}, line ${line}: ${why}`);

  function close(line: number): void {
    const bracket = open.pop();
    if (!bracket) throw refuse(line, "an extra ')'");
    const [tag, word] = bracket.texts;
    if (!bracket.hasBrackets) {
      if (tag === undefined || word === undefined) throw refuse(line, 'a bracket without a tag and a word');
      if (tag !== '-NONE-') {
        words.push(word);
        tags.push(tag);
      }
    }
    if (open.length > 0) return;
    // A tree of traces alone has no words.
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
        if (!bracket) throw refuse(line, `'${shown}' is outside all brackets; is this a file of trees?`);
        if (bracket.hasBrackets || bracket.texts.length > 1)
          throw refuse(
            line,
            `unexpected '${shown}': a bracket holds a tag and a word, or a label and brackets`,
          );
        bracket.texts.push(token);
      }
    }
  });
  if (open.length > 0) throw refuse(open[0]!.line, 'a tree that is never closed; is the file complete?');
  return sentences;
}
