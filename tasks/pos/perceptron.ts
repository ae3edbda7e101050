/**
 * The averaged perceptron (Collins 2002), the baseline of taggers: no hidden state, no gradient.
 *
 * A tag's score for a word is the sum of its weights for the features that the word has: w_tag · φ(x). Words
 * are tagged from left to right, each with the best score; two features are the tags just given. Where the
 * answer is wrong, 1 is added to the features' weights of the right tag and taken from those of the wrong
 * one. What is kept is the mean of the weights over all words seen, not their last values, which follow the
 * last sentences too closely.
 */
import type { TaggedSentence } from '../../datasets/index.js';
import { argmax, type Random } from '../../models/index.js';
import { plainWord } from './corpus.js';

const EPOCHS = 8;

/**
 * The weights of a feature, one for each tag, and the sum of their changes, each times the words seen before
 * it.
 */
interface Row {
  readonly w: Float64Array;
  readonly late: Float64Array;
}

/** A sentence: the numbers of each word's features that do not depend on tags; -1: never seen. */
type Features = readonly Int32Array[];

/**
 * Trains on the sentences in an order that is drawn anew in each epoch.
 * @returns a function that tags the words of a sentence
 */
export function trainPerceptron(
  sentences: readonly TaggedSentence[],
  random: Random,
): (words: readonly string[]) => string[] {
  const tags = [...new Set(sentences.flatMap((sentence) => sentence.tags))];
  const numbers = new Map(tags.map((tag, n) => [tag, n]));
  const known = new Map<string, number>();
  const numberOf = (feature: string) => known.get(feature) ?? known.set(feature, known.size).size - 1;
  const examples = sentences.map(({ words, tags }) => ({
    features: featuresOf(words, numberOf),
    truths: tags.map((tag) => numbers.get(tag)!),
  }));
  const rows = new Map<number, Row>();
  const tagger = createTagger(rows, known.size, tags.length);
  let seen = 0;

  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    for (const index of random.permutation(examples.length)) {
      const { features, truths } = examples[index]!;
      tagger(features, (n, active, guess) => {
        const truth = truths[n]!;
        if (guess !== truth)
          for (const feature of active) move(rows, feature, tags.length, truth, guess, seen);
        seen++;
      });
    }
  }
  // The mean of w over all words: a change counts for those after it.
  for (const { w, late } of rows.values())
    for (let tag = 0; tag < w.length; tag++) w[tag]! -= late[tag]! / seen;
  return (words) => {
    const features = featuresOf(words, (feature) => known.get(feature) ?? -1);
    return tagger(features, () => {}).map((tag) => tags[tag]!);
  };
}

/** Adds 1 to a feature's weight of the right tag, and takes it from that of the wrong one. */
function move(
  rows: Map<number, Row>,
  feature: number,
  size: number,
  right: number,
  wrong: number,
  seen: number,
) {
  let row = rows.get(feature);
  if (!row) {
    row = { w: new Float64Array(size), late: new Float64Array(size) };
    rows.set(feature, row);
  }
  row.w[right]! += 1;
  row.w[wrong]! -= 1;
  row.late[right]! += seen;
  row.late[wrong]! -= seen;
}

/**
 * Tags words from left to right. Features with the tags before have numbers above those of the others.
 * @param count features that do not depend on tags
 */
function createTagger(rows: ReadonlyMap<number, Row>, count: number, tags: number) {
  const scores = new Float64Array(tags);
  const size = tags + 1; // with the start of a sentence
  return (
    features: Features,
    answered: (n: number, active: readonly number[], guess: number) => void,
  ): number[] => {
    const given: number[] = [];
    features.forEach((fixed, n) => {
      const [one, two] = [given[n - 1] ?? tags, given[n - 2] ?? tags];
      const pair = count + 2 * size;
      const active = [...fixed, count + one, count + size + two, pair + one * size + two];
      const word = fixed[0]!;
      if (word >= 0) active.push(pair + size ** 2 + word * size + one);
      scores.fill(0);
      for (const feature of active) {
        const w = rows.get(feature)?.w;
        if (w) for (let tag = 0; tag < tags; tag++) scores[tag]! += w[tag]!;
      }
      const best = argmax(scores, 0, tags);
      given.push(best);
      answered(n, active, best);
    });
    return given;
  };
}

/** What is seen of a word. */
interface Shape {
  readonly lower: string;
  readonly suffix: string;
  /** Which of capitals, digits and hyphens it has. */
  readonly marks: string;
}

function shapeOf(word: string): Shape {
  const lower = plainWord(word);
  const capitals = /^\p{Lu}+$/u.test(word) ? 'A' : /^\p{Lu}/u.test(word) ? 'a' : '';
  const marks = `${capitals}${/\p{N}/u.test(word) ? '1' : ''}${lower.includes('-') ? '-' : ''}`;
  return { lower, suffix: lower.slice(-3), marks };
}

/** The word, which comes first, its beginning and endings, and its neighbours. */
function featuresOf(words: readonly string[], numberOf: (feature: string) => number): Features {
  const shapes = words.map(shapeOf);
  return shapes.map(({ lower, suffix, marks }, n) => {
    const near = (by: number) => shapes[n + by]?.lower ?? '-START-';
    const end = (by: number) => shapes[n + by]?.suffix ?? '-START-';
    const features = [
      `word ${lower}`,
      'bias',
      `suffix ${suffix}`,
      `suffix2 ${lower.slice(-2)}`,
      `suffix1 ${lower.slice(-1)}`,
      `prefix ${lower.slice(0, 2)}`,
      `first ${lower[0]}`,
      `marks ${marks} ${n === 0}`,
      `word-1 ${near(-1)}`,
      `suffix-1 ${end(-1)}`,
      `word-2 ${near(-2)}`,
      `word+1 ${near(1)}`,
      `suffix+1 ${end(1)}`,
      `word+2 ${near(2)}`,
      `words ${near(-1)} ${lower}`,
      `words+ ${lower} ${near(1)}`,
    ];
    return Int32Array.from(features, numberOf);
  });
}
