/** Words as numbers: the more frequent, the smaller. Two numbers stand for no word: padding, and a word not known. */

/** Number of the padding. */
export const PAD = 0;
/** Number of every word that the vocabulary does not have. */
export const UNK = 1;

/** Words and their numbers. */
export interface Vocabulary {
  /** By number; `PAD` and `UNK` come first. */
  readonly words: readonly string[];
  /** The number of a word; UNK where it is not known. */
  number(word: string): number;
}

/** How often each word occurs, in the order in which they first occur. */
export function countWords(sentences: Iterable<readonly string[]>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const sentence of sentences) {
    for (const word of sentence) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

/** The `most` most frequent words; of equally frequent ones, those that occurred first. */
export function createVocabulary(counts: ReadonlyMap<string, number>, most: number): Vocabulary {
  // The sort is stable, so that ties stay in order of first occurrence.
  const byFrequency = [...counts].sort(([, a], [, b]) => b - a).slice(0, most);
  return vocabularyOf(byFrequency.map(([word]) => word));
}

/** A vocabulary of these words, in this order. */
export function vocabularyOf(known: readonly string[]): Vocabulary {
  const words = ['PAD', 'UNK', ...known];
  const numbers = new Map(known.map((word, n) => [word, n + 2]));
  return { words, number: (word) => numbers.get(word) ?? UNK };
}
