/** The answer of a saved model to a sentence, word by word. */
import { tokenize, vocabularyOf, UNK } from '../../datasets/index.js';
import { adam, createTrainer, InputError, restoreTrainer, unroll, type Kernels } from '../../models/index.js';
import { printable } from '../common/printable.js';
import { column, type LineFormat } from '../task/lines.js';
import type { Saved } from '../common/checkpoints.js';
import { print } from '../common/say.js';
import { classesOf, LENGTH, numberWords, sentimentModel, type SentimentState } from './model.js';
import { answerOf, eachProbabilities, isChapters, likeliest } from './results.js';

/** A saved model that gives probabilities after each word. */
function restoredReader(kernels: Kernels, { state, checkpoint, path }: Saved<SentimentState>) {
  const vocabulary = vocabularyOf(state.words);
  const classes = classesOf(state);
  const answering = { classes: classes.length, afterEachWord: true };
  const model = sentimentModel(kernels, state.settings, vocabulary.words.length, answering);
  restoreTrainer(createTrainer(model, adam()), checkpoint, path);
  const graph = unroll(model, { batch: 1, steps: LENGTH });
  const probabilities = (words: readonly string[]) => {
    graph.input.data.set(numberWords(vocabulary, words));
    graph.forward();
    // The words are at the last steps, after the padding.
    return eachProbabilities(graph.output).slice(-Math.min(words.length, LENGTH));
  };
  return { vocabulary, classes, probabilities };
}

/** The words of a sentence as in training. */
const wordsOf = (sentence: string) => tokenize(sentence.toLowerCase());

/**
 * Prints the answer to each sentence: the probability that it is positive or, of other classes, those of each below
 * their names; none where it has no word.
 */
export function predictLines(
  kernels: Kernels,
  saved: Saved<SentimentState>,
  sentences: readonly string[],
  format: LineFormat,
): void {
  const { classes, probabilities } = restoredReader(kernels, saved);
  const shown = isChapters(classes) ? [1] : [...classes.keys()];
  if (format === 'tsv' && !isChapters(classes))
    print([...classes, 'label', 'sentence'].map(column).join('\t'));
  for (const sentence of sentences) {
    const words = wordsOf(sentence);
    const answer = words.length === 0 ? null : probabilities(words).at(-1)!;
    const label = answer === null ? 'none' : classes[likeliest(answer)]!;
    const columns = [...shown.map((n) => answer?.[n]!.toFixed(3) ?? ''), label, sentence];
    const json = { sentence, label, ...answerOf(classes, answer) };
    print(format === 'jsonl' ? JSON.stringify(json) : columns.map(column).join('\t'));
  }
}

/** Prints, after each word, the probability that the sentence is positive or, of other classes, the likeliest. */
export function predictSentence(kernels: Kernels, saved: Saved<SentimentState>, sentence: string): void {
  const { settings, data } = saved.state;
  const words = wordsOf(sentence);
  if (words.length === 0) throw new InputError('the sentence contains no word: give one with --predict');
  const read = words.slice(-LENGTH);
  const { vocabulary, classes, probabilities: after } = restoredReader(kernels, saved);
  const answers = after(words);
  const nameOf = (answer: ArrayLike<number>) => classes[likeliest(answer)]!;
  const width = Math.max(...answers.map((answer) => nameOf(answer).length));

  print(printable(`model    ${settings.cell}, trained on ${data.source}`));
  print('         It reads padding first, as in training, so the last number is its answer to the sentence.');
  if (read.length < words.length) print(`         It reads only the last ${LENGTH} words.`);
  const isPositive = isChapters(classes);
  const what = isPositive ? 'probability that it is positive' : 'the likeliest class and its probability';
  print(`${what}, after each word:`);
  read.forEach((word, n) => {
    const unknown = vocabulary.number(word) === UNK ? '  (not in its vocabulary)' : '';
    const answer = answers[n]!;
    const shown = isPositive ? '' : `${nameOf(answer).padEnd(width)}  `;
    const probability = answer[isPositive ? 1 : likeliest(answer)]!;
    print(printable(`  ${probability.toFixed(3)}  ${shown}${word}${unknown}`));
  });
  const answer = answers.at(-1)!;
  print(printable(`${nameOf(answer)}, with probability ${answer[likeliest(answer)]!.toFixed(3)}`));
  if (isPositive) return;
  const others = [...classes.keys()]
    .filter((n) => n !== likeliest(answer))
    .sort((a, b) => answer[b]! - answer[a]!);
  for (const n of others) print(printable(`  ${answer[n]!.toFixed(3)}  ${classes[n]}`));
}
