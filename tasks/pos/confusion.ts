/** How often each tag was taken for which: every number in the reports comes from these counts. */
import { PAD } from '../../datasets/index.js';
import { argmax, type Meter } from '../../models/index.js';

/** `counts[truth][prediction]`, by number of the class. */
export type Confusion = readonly Float64Array[];

export function emptyConfusion(classes: number): Confusion {
  return Array.from({ length: classes }, () => new Float64Array(classes));
}

/** The same counts, with so many places of padding more, all of them known to be padding. */
export function withPadding(counts: Confusion, places: number): Confusion {
  const copy = counts.map((row) => row.slice());
  copy[PAD]![PAD]! += places;
  return copy;
}

/** An accuracy that keeps what it has counted. */
export interface ConfusionAccuracy extends Meter {
  /** What the last call of `take` took. */
  readonly taken: Confusion;
}

/** @param padding whether places of padding count as well */
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

/** The shares of right predictions. */
export interface Accuracies {
  /** Of all places, those of padding as well: the chapter's accuracy. */
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

/** How well one tag is found. */
export interface TagScore {
  readonly tag: string;
  /** Words that have it. */
  readonly words: number;
  /** Of the words that were given this tag, the share that has it; NaN where no word was given it. */
  readonly precision: number;
  /** Of the words that have this tag, the share that was given it. */
  readonly recall: number;
}

/** Of each tag that occurs, the most frequent first. */
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

/** A tag that was taken for another. */
export interface Mistake {
  readonly truth: string;
  readonly prediction: string;
  /** How often. */
  readonly count: number;
  /** How often there was something to mistake. */
  readonly words: number;
}

/** The mistakes made most often on words, at most so many. */
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
