/** The confusion matrix of the tags, from which all numbers in the reports are computed. */
import { PAD } from '../../datasets/index.js';
import { argmax, type Meter } from '../../models/index.js';

/** `counts[truth][prediction]`, by class number. */
export type Confusion = readonly Float64Array[];

export function emptyConfusion(classes: number): Confusion {
  return Array.from({ length: classes }, () => new Float64Array(classes));
}

/** A copy of the counts with further places of padding, all predicted as padding. */
export function withPadding(counts: Confusion, places: number): Confusion {
  const copy = counts.map((row) => row.slice());
  copy[PAD]![PAD]! += places;
  return copy;
}

/** An accuracy that keeps its counts. */
export interface ConfusionAccuracy extends Meter {
  /** The counts of the last call of `take`. */
  readonly taken: Confusion;
}

/** @param padding whether padding counts too */
export function createConfusionAccuracy(classes: number, padding: boolean): ConfusionAccuracy {
  let counts = emptyConfusion(classes);
  let taken = counts;
  return {
    update({ output, labels }) {
      const truths = labels!.data;
      for (let m = 0; m < truths.length; m++) {
        const truth = truths[m]!;
        if (padding || truth !== PAD)
          counts[truth]![argmax(output.data, output.offset + m * classes, classes)]!++;
      }
    },
    take() {
      taken = counts;
      counts = emptyConfusion(classes);
      const { accuracyPadded, accuracyWords } = accuraciesOf(taken);
      return padding ? accuracyPadded : accuracyWords;
    },
    get taken() {
      return taken;
    },
  };
}

/** The shares of correct predictions. */
export interface Accuracies {
  /** Of all places, including padding: the chapter's accuracy. */
  accuracyPadded: number;
  /** Of the places with a word. */
  accuracyWords: number;
}

export function accuraciesOf(counts: Confusion): Accuracies {
  const share = (rows: Confusion, first: number) => {
    const right = rows.reduce((total, row, n) => total + row[first + n]!, 0);
    return right / rows.reduce((total, row) => total + sum(row), 0);
  };
  return { accuracyPadded: share(counts, 0), accuracyWords: share(counts.slice(PAD + 1), PAD + 1) };
}

/** Precision and recall of one tag. */
export interface TagScore {
  readonly tag: string;
  /** The number of words with this tag. */
  readonly words: number;
  /** Of the words predicted to have this tag, the share that has it; NaN if there are none. */
  readonly precision: number;
  /** Of the words that have this tag, the share predicted to have it. */
  readonly recall: number;
}

/** The scores of every tag that occurs, the most frequent first. */
export function tagScores(counts: Confusion, names: readonly string[]): TagScore[] {
  return names
    .map((tag, n) => {
      const words = sum(counts[n]!);
      const given = counts.slice(PAD + 1).reduce((total, row) => total + row[n]!, 0);
      const right = counts[n]![n]!;
      return { tag, words, precision: right / given, recall: right / words };
    })
    .filter(({ words }, n) => n !== PAD && words > 0)
    .sort((a, b) => b.words - a.words);
}

/** A tag that was mistaken for another. */
export interface Mistake {
  readonly truth: string;
  readonly prediction: string;
  /** The number of such mistakes. */
  readonly count: number;
  /** The number of words with the true tag. */
  readonly words: number;
}

/** The most frequent mistakes on words, up to a number. */
export function worstMistakes(counts: Confusion, names: readonly string[], most: number): Mistake[] {
  return counts
    .flatMap((row, truth) =>
      Array.from(row, (count, prediction) => ({ truth, prediction, count, words: sum(row) })),
    )
    .filter(({ truth, prediction, count }) => truth !== PAD && truth !== prediction && count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, most)
    .map((mistake) => ({
      ...mistake,
      truth: names[mistake.truth]!,
      prediction: names[mistake.prediction]!,
    }));
}

const sum = (row: Float64Array) => row.reduce((total, count) => total + count, 0);
