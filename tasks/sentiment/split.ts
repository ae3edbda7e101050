/** Sentences to train on, and sentences to test with. */
import { InputError, type Random } from '../../models/index.js';
import type { Sentence } from './corpus.js';

/** Of the sentences that are for testing. */
const TEST = 0.2;

/**
 * `random`: any sentence may go to either side, as in the chapter, so that copies of a sentence are often on both.
 * `distinct`: copies of a sentence stay together.
 */
export type SplitName = 'random' | 'distinct';

export interface Split {
  readonly name: SplitName;
  /** Numbers of the sentences to train on. */
  readonly training: Int32Array;
  /** Numbers of the sentences to test with. */
  readonly test: Int32Array;
  /** For each sentence to test with whether it is among those to train on too, word for word. */
  readonly isKnown: readonly boolean[];
}

/**
 * Draws a split in which a fifth of the sentences are for testing.
 * @throws InputError when there are too few different sentences for two sides
 */
export function splitSentences(name: SplitName, sentences: readonly Sentence[], random: Random): Split {
  // What the model reads; it sees no difference of case.
  const texts = sentences.map(({ words }) => words.join(' '));
  const groups = name === 'distinct' ? copies(texts) : texts.map((_, n) => [n]);
  const wanted = Math.ceil(sentences.length * TEST);
  const test: number[] = [];
  const training: number[] = [];
  for (const n of random.permutation(groups.length)) {
    const side = test.length < wanted ? test : training;
    for (const sentence of groups[n]!) side.push(sentence);
  }
  if (training.length === 0) {
    throw new InputError(
      'no sentence is left to train on once a fifth are kept for testing: give more different ones with --data',
    );
  }
  const trainedOn = new Set(training.map((n) => texts[n]));
  return {
    name,
    training: Int32Array.from(training),
    test: Int32Array.from(test),
    isKnown: test.map((n) => trainedOn.has(texts[n])),
  };
}

/** The numbers of equal texts, together. */
function copies(texts: readonly string[]): number[][] {
  const groups = new Map<string, number[]>();
  texts.forEach((text, n) => {
    const group = groups.get(text);
    if (group) group.push(n);
    else groups.set(text, [n]);
  });
  return [...groups.values()];
}
