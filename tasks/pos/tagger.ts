/**
 * The tagger that works: each word is tagged in its place, from a state that has read the sentence up to it and another
 * that has read it from the end. Padding is masked: it has no say in anything.
 *
 * A word is five symbols, each with a trained row of numbers: the word in lower case, its last letter, its last two and
 * last three, and how it is capitalised. What occurs once only in training counts as unknown, so that the model learns
 * to do without: of a word that it has never seen it still knows the ending.
 */
import { countWords, type TaggedSentence } from '../../datasets/index.js';
import { bidirectional, cells, dense, dropout, embedding, timeDistributed } from '../../models/index.js';
import type { Architecture } from './architecture.js';

const EMBEDDING = 64;
const DROPOUT = 0.5;
const UNITS = 64;
/** How often a symbol occurs at least that gets a number of its own. */
const LEAST = 2;

export const tagger: Architecture = {
  defaults: { cell: 'lstm', bidirectional: true, lr: 3e-3, epochs: 6 },
  length: 64,
  masked: true,

  symbols(_, training) {
    const counts = countWords(training.map(({ words }: TaggedSentence) => words.flatMap(symbolsOf)));
    return [...counts].filter(([, count]) => count >= LEAST).map(([symbol]) => symbol);
  },

  reader(symbols) {
    // After the padding comes, for each column, what is not known there.
    const columns = symbolsOf('').length;
    const numbers = new Map(symbols.map((symbol, n) => [symbol, 1 + columns + n]));
    return {
      size: 1 + columns + symbols.length,
      columns,
      numbers: (words) =>
        Int32Array.from(
          words.flatMap((word) => symbolsOf(word).map((symbol, column) => numbers.get(symbol) ?? 1 + column)),
        ),
    };
  },

  layers: ({ cell }, classes) => [
    embedding(EMBEDDING, { maskZero: true }),
    dropout(DROPOUT),
    bidirectional(cells[cell], { units: UNITS, returnSequences: true }),
    timeDistributed(dense(classes)),
  ],

  describe: ({ cell }) =>
    `bidirectional ${cell.toUpperCase()} of ${UNITS} units, which sees words, their endings and their capitals`,
};

/** What the model sees of a word. The name before each symbol keeps the columns apart. */
export function symbolsOf(word: string): string[] {
  const lower = word.toLowerCase();
  return [
    `word ${lower}`,
    `-1 ${lower.slice(-1)}`,
    `-2 ${lower.slice(-2)}`,
    `-3 ${lower.slice(-3)}`,
    `case ${capitals(word)}`,
  ];
}

function capitals(word: string): string {
  if (!/\p{L}/u.test(word)) return /\p{N}/u.test(word) ? 'digits' : 'no letters';
  if (!/\p{Lu}/u.test(word)) return 'small';
  if (/^\P{Ll}+$/u.test(word) && word.length > 1) return 'CAPITALS';
  return /^\p{Lu}\P{Lu}*$/u.test(word) ? 'Capital' : 'mIxed';
}
