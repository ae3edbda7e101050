/** Baselines that need no network. An accuracy means little without them. */
import { countWords, PAD, type TaggedSentence } from '../../datasets/index.js';
import type { Random } from '../../models/index.js';
import { lowerCased, plainWord } from './corpus.js';
import { accuraciesOf, emptyConfusion, withPadding, type Accuracies } from './confusion.js';
import { countPadding, type Classes } from './examples.js';
import { trainPerceptron } from './perceptron.js';

export interface Baselines {
  /** Always PAD. */
  readonly pad: Accuracies;
  /** For each word its most frequent tag in training; for an unknown word the most frequent tag of all. */
  readonly mostFrequentTag: Accuracies;
  /** A linear model of the word, its neighbours and the tags before it: see perceptron.ts. */
  readonly perceptron: Accuracies;
}

/** @param length words per sentence, including padding */
export function measureBaselines(
  training: readonly TaggedSentence[],
  test: readonly TaggedSentence[],
  classes: Classes,
  length: number,
  random: Random,
): Baselines {
  const padding = countPadding(test, length);
  const usual = usualTags(training);
  const perceptron = trainPerceptron(training, random);
  const accuracies = (predict: (words: readonly string[]) => Int32Array) => {
    const confusion = emptyConfusion(classes.names.length);
    for (const sentence of test) {
      const predicted = predict(sentence.words);
      classes.numbers(sentence.tags).forEach((truth, n) => (confusion[truth]![predicted[n]!]! += 1));
    }
    return accuraciesOf(withPadding(confusion, padding));
  };
  return {
    pad: accuracies((words) => new Int32Array(words.length).fill(PAD)),
    mostFrequentTag: accuracies((words) => classes.numbers(words.map((word) => usual(plainWord(word))))),
    perceptron: accuracies((words) => classes.numbers(perceptron(words))),
  };
}

/** A function that gives the most frequent tag of a lower-cased word. */
function usualTags(sentences: readonly TaggedSentence[]): (word: string) => string {
  const tagsOf = new Map<string, string[]>();
  for (const sentence of sentences) {
    lowerCased(sentence).forEach((word, n) => {
      const tags = tagsOf.get(word);
      if (tags) tags.push(sentence.tags[n]!);
      else tagsOf.set(word, [sentence.tags[n]!]);
    });
  }
  const mostFrequent = (tags: readonly string[]) =>
    [...countWords([tags])].reduce((best, one) => (one[1] > best[1] ? one : best))[0];
  const overall = mostFrequent(sentences.flatMap(({ tags }) => tags));
  const usual = new Map([...tagsOf].map(([word, tags]) => [word, mostFrequent(tags)]));
  return (word) => usual.get(word) ?? overall;
}
