/**
 * The tagger that works: each word is tagged at its place, from one state that has read the sentence up to it
 * and another that has read it from the end. Padding is masked, so it has no influence.
 *
 * A word is five symbols, each with a trained row of numbers: the lower-cased word, its last letter, its last
 * two and last three, and its capitalisation. A symbol that occurs only once in training counts as unknown,
 * so the model learns to do without it: for an unknown word it still has the ending.
 */
import { countWords, type TaggedSentence } from '../../datasets/index.js';
import { bidirectional, cells, dense, dropout, embedding, timeDistributed } from '../../models/index.js';
import type { Architecture } from './architecture.js';
import { plainWord } from './corpus.js';

const EMBEDDING = 64;
const DROPOUT = 0.5;
const UNITS = 64;
/** Symbols that occur at least this often get their own number. */
const LEAST = 2;

export const tagger: Architecture = {
  defaults: { cell: 'lstm', bidirectional: true, units: UNITS, lr: 3e-3, epochs: 6 },
  length: 64,
  masked: true,

  symbols(_, training) {
    const counts = countWords(training.map(({ words }: TaggedSentence) => words.flatMap(symbolsOf)));
    return [...counts].filter(([, count]) => count >= LEAST).map(([symbol]) => symbol);
  },

  reader(symbols) {
    // Padding comes first, then the unknown symbol of each column.
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

  layers: ({ cell, units = UNITS }, classes) => [
    embedding(EMBEDDING, { maskZero: true }),
    dropout(DROPOUT),
    bidirectional(cells[cell], { units, returnSequences: true }),
    timeDistributed(dense(classes)),
  ],

  describe: ({ cell, units = UNITS }) =>
    `bidirectional ${cell.toUpperCase()} of ${units} units, which sees words, their endings and their capitals`,
};

/** The model's symbols for a word. The prefix of each symbol keeps the columns apart. */
export function symbolsOf(word: string): string[] {
  const lower = plainWord(word);
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
