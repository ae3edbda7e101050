/** The results of a run, and the same numbers as rows of text, for both the terminal and the page. */
import type { TaggedSentence } from '../../datasets/index.js';
import { whole } from '../common/printable.js';
import type { Rows } from '../common/printTable.js';
import type { EpochPoint } from '../common/training.js';
import type { Results } from '../task/results.js';
import type { Baselines } from './baselines.js';
import { CHAPTER_LENGTH } from './chapter.js';
import { tagScores, worstMistakes, type Accuracies, type Confusion } from './confusion.js';
import type { PosState } from './model.js';

/** The scores of an epoch on the test sentences. */
export interface PosEpoch extends EpochPoint, Accuracies {}

/** A sentence, its tags, and the model's tags. */
export interface Example extends TaggedSentence {
  readonly predicted: readonly string[];
}

export interface PosResults {
  readonly state: PosState;
  readonly epochs: readonly PosEpoch[];
  readonly baselines: Baselines;
  /** After the last epoch, on the test sentences. */
  readonly confusion: Confusion;
  readonly examples: readonly Example[];
}

/** The number of pairs of tags in the report. */
const MISTAKES = 10;

/** The main numbers, by name. */
export function finalOf({ state, epochs, baselines, confusion }: PosResults): Results['final'] {
  const { loss, validationLoss, accuracyPadded, accuracyWords } = epochs.at(-1)!;
  return {
    loss,
    validationLoss,
    accuracyPadded,
    accuracyWords,
    baselinePad: baselines.pad.accuracyPadded,
    baselineMostFrequentTag: baselines.mostFrequentTag.accuracyWords,
    baselinePerceptron: baselines.perceptron.accuracyWords,
    tags: tagScores(confusion, state.classes),
  };
}

/** The model and the baselines. */
export function accuracyRows({ state, epochs, baselines }: PosResults): Rows {
  const row = (name: string, { accuracyPadded, accuracyWords }: Accuracies) => [
    name,
    share(accuracyPadded),
    share(accuracyWords),
  ];
  return {
    head: ['', `with padding to ${CHAPTER_LENGTH} words`, 'on words'],
    rows: [
      row(state.settings.model === 'chapter' ? "the chapter's model" : 'the tagger', epochs.at(-1)!),
      row('PAD everywhere', baselines.pad),
      row('the most frequent tag of each word', baselines.mostFrequentTag),
      row('an averaged perceptron (Collins 2002)', baselines.perceptron),
    ],
  };
}

/** Each tag: the number of words with it, its precision and recall. */
export function tagRows({ confusion, state }: PosResults): Rows {
  const scores = tagScores(confusion, state.classes);
  return {
    head: ['tag', 'words', 'precision', 'recall'],
    rows: scores.map(({ tag, words, precision, recall }) => [
      tag,
      whole(words),
      share(precision),
      share(recall),
    ]),
  };
}

/** The pairs of tags that are confused most often. */
export function mistakeRows({ confusion, state }: PosResults): Rows {
  const mistakes = worstMistakes(confusion, state.classes, MISTAKES);
  return {
    head: ['tag', 'mistaken for', 'times', 'of', ''],
    rows: mistakes.map(({ truth, prediction, count, words }) => [
      truth,
      prediction,
      whole(count),
      whole(words),
      `${((100 * count) / words).toFixed(1)}%`,
    ]),
  };
}

/** `The/DT cat/VB[NN] sat/VBD`: where the model is wrong, the right tag is in brackets. */
export function describeExample({ words, tags, predicted }: Example): string {
  return words
    .map((word, n) => `${word}/${predicted[n]}${predicted[n] === tags[n] ? '' : `[${tags[n]}]`}`)
    .join(' ');
}

/** `0.956`; a dash if the share is NaN. */
export const share = (value: number) => (Number.isNaN(value) ? '-' : value.toFixed(3));
