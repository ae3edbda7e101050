/** What the terminal and the page show alike: the numbers of a run as rows of text. */
import { CHAPTER_LENGTH } from './chapter.js';
import { tagScores, worstMistakes, type Accuracies } from './confusion.js';
import type { Example, PosResults } from './run.js';
import type { Rows } from '../common/printTable.js';

/** Pairs of tags that are shown. */
const MISTAKES = 10;

/** The model beside what anybody reaches without one. */
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
    ],
  };
}

/** Each tag: how many words have it, and how well it is found. */
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

/** The pairs of tags that are taken for one another most often. */
export function mistakeRows({ confusion, state }: PosResults): Rows {
  const mistakes = worstMistakes(confusion, state.classes, MISTAKES);
  return {
    head: ['tag', 'taken for', 'times', 'of', ''],
    rows: mistakes.map(({ truth, prediction, count, words }) => [
      truth,
      prediction,
      whole(count),
      whole(words),
      `${((100 * count) / words).toFixed(1)}%`,
    ]),
  };
}

/** `The/DT cat/VB[NN] sat/VBD`: in brackets what is right where the model is not. */
export function describeExample({ words, tags, predicted }: Example): string {
  return words
    .map((word, n) => `${word}/${predicted[n]}${predicted[n] === tags[n] ? '' : `[${tags[n]}]`}`)
    .join(' ');
}

/** `0.956`; of nothing there is no share. */
export const share = (value: number) => (Number.isNaN(value) ? '-' : value.toFixed(3));

/** `3,914` */
export const whole = (value: number) => value.toLocaleString('en');
