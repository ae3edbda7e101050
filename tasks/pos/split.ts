/** Sentences to train on, and sentences to test with. */
import type { TaggedSentence } from '../../datasets/index.js';
import type { Random } from '../../models/index.js';

/** Of the sentences that are for testing, as in the chapter. */
const TEST = 0.2;

export interface Split {
  readonly training: readonly TaggedSentence[];
  readonly test: readonly TaggedSentence[];
}

/** Draws a fifth of the sentences for testing, rounded up; of two sentences one. */
export function splitSentences(sentences: readonly TaggedSentence[], random: Random): Split {
  const drawn = Array.from(random.permutation(sentences.length), (n) => sentences[n]!);
  const count = Math.ceil(sentences.length * TEST);
  return { test: drawn.slice(0, count), training: drawn.slice(count) };
}
