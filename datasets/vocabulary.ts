/** Words as numbers, smaller for more frequent words. Two are reserved: for padding and for unknown words. */
import { isWords, requireThat, requireWhole } from './checks.js';

/** The number of padding. */
export const PAD = 0;
/** The number of every word that is not in the vocabulary. */
export const UNK = 1;

/** Words and their numbers. */
export interface Vocabulary {
  /** By number; `PAD` and `UNK` come first. */
  readonly words: readonly string[];
  /** The number of a word, or UNK. */
  number(word: string): number;
}

/** The count of each word, in order of first occurrence. @throws TypeError when a sentence is no array of words */
export function countWords(sentences: Iterable<readonly string[]>): Map<string, number> {
  const isList = typeof sentences === 'object' && sentences !== null && Symbol.iterator in sentences;
  requireThat('countWords', isList, 'sentences must be arrays of words, in an array', sentences);
  const counts = new Map<string, number>();
  for (const sentence of sentences) {
    requireThat('countWords', isWords(sentence), 'a sentence must be an array of words', sentence);
    for (const word of sentence) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

/**
 * The `most` most frequent words; ties go to the word that occurred first.
 * @throws TypeError when the counts are no map; RangeError when `most` is no whole number
 */
export function createVocabulary(counts: ReadonlyMap<string, number>, most: number): Vocabulary {
  requireThat('createVocabulary', counts instanceof Map, 'counts must be those of countWords', counts);
  requireWhole('createVocabulary', 'most', most);
  // The sort is stable, so ties stay in order of first occurrence.
  const byFrequency = [...counts].sort(([, a], [, b]) => b - a).slice(0, most);
  return vocabularyOf(byFrequency.map(([word]) => word));
}

/** A vocabulary of these words, in this order. @throws TypeError when they are no array of words */
export function vocabularyOf(known: readonly string[]): Vocabulary {
  requireThat('vocabularyOf', isWords(known), 'known must be an array of words', known);
  const words = ['PAD', 'UNK', ...known];
  const numbers = new Map(known.map((word, n) => [word, n + 2]));
  return { words, number: (word) => numbers.get(word) ?? UNK };
}
