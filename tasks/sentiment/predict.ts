/** The answer of a saved model to a sentence, word by word. */
import { tokenize, vocabularyOf, UNK } from '../../datasets/index.js';
import {
  adam,
  createTrainer,
  InputError,
  restoreTrainer,
  unroll,
  type Kernels,
  type Model,
} from '../../models/index.js';
import { printable } from '../common/printable.js';
import type { Saved } from '../common/checkpoints.js';
import { LENGTH, numberWords, sentimentModel, type SentimentState } from './model.js';
import { sigmoid } from './results.js';

/** Prints, after each word, the probability that the sentence is positive. */
export function predictSentence(kernels: Kernels, saved: Saved<SentimentState>, sentence: string): void {
  const { settings, words: known, data } = saved.state;
  const vocabulary = vocabularyOf(known);
  const model = sentimentModel(kernels, settings, vocabulary.words.length, true);
  restoreTrainer(createTrainer(model, adam()), saved.checkpoint, saved.path);

  const words = tokenize(sentence.replace(/[^\0-\x7f]/g, '').toLowerCase());
  if (words.length === 0)
    throw new InputError('the sentence contains no word: give one in English with --predict');
  const read = words.slice(-LENGTH);
  const probabilities = probabilityAfterEach(model, numberWords(vocabulary, words)).slice(-read.length);

  console.log(printable(`model    ${settings.cell}, trained on ${data.source}`));
  console.log(
    '         It reads padding first, as in training, so the last number is its answer to the sentence.',
  );
  if (read.length < words.length) console.log(`         It reads only the last ${LENGTH} words.`);
  console.log('probability that it is positive, after each word:');
  read.forEach((word, n) => {
    const unknown = vocabulary.number(word) === UNK ? '  (not in its vocabulary)' : '';
    console.log(`  ${probabilities[n]!.toFixed(3)}  ${printable(word)}${unknown}`);
  });
  const answer = probabilities.at(-1)!;
  console.log(
    `${answer > 0.5 ? 'positive' : 'negative'}, with probability ${Math.max(answer, 1 - answer).toFixed(3)}`,
  );
}

/**
 * The probability after each step, including padding, that the sentence is positive.
 * @param model a model that gives a score after each word
 */
function probabilityAfterEach(model: Model, input: Int32Array): number[] {
  const graph = unroll(model, { batch: 1, steps: input.length });
  graph.input.data.set(input);
  graph.forward();
  return Array.from(graph.output.data.subarray(0, input.length), sigmoid);
}
