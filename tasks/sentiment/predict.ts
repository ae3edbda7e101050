/** The answer of a saved model to a sentence, word by word. */
import { tokenize, vocabularyOf, UNK } from '../../datasets/index.js';
import {
  adam,
  createTrainer,
  InputError,
  restoreTrainer,
  unroll,
  type Graph,
  type Kernels,
} from '../../models/index.js';
import { printable } from '../common/printable.js';
import { column, type LineFormat } from '../task/lines.js';
import type { Saved } from '../common/checkpoints.js';
import { LENGTH, numberWords, sentimentModel, type SentimentState } from './model.js';
import { sigmoid } from './results.js';

/** A saved model that gives a probability after each word. */
function restoredReader(kernels: Kernels, { state, checkpoint, path }: Saved<SentimentState>) {
  const vocabulary = vocabularyOf(state.words);
  const model = sentimentModel(kernels, state.settings, vocabulary.words.length, true);
  restoreTrainer(createTrainer(model, adam()), checkpoint, path);
  const graph = unroll(model, { batch: 1, steps: LENGTH });
  const probabilities = (words: readonly string[]) =>
    probabilityAfterEach(graph, numberWords(vocabulary, words)).slice(-Math.min(words.length, LENGTH));
  return { vocabulary, probabilities };
}

/** The words of a sentence as in training. */
const wordsOf = (sentence: string) => tokenize(sentence.toLowerCase());

/** Prints the answer to each sentence, the probability that it is positive; none where it has no word. */
export function predictLines(
  kernels: Kernels,
  saved: Saved<SentimentState>,
  sentences: readonly string[],
  format: LineFormat,
): void {
  const { probabilities } = restoredReader(kernels, saved);
  for (const sentence of sentences) {
    const words = wordsOf(sentence);
    const probability = words.length === 0 ? null : probabilities(words).at(-1)!;
    const label = probability === null ? 'none' : probability > 0.5 ? 'positive' : 'negative';
    const tsv = [probability?.toFixed(3) ?? '', label, column(sentence)].join('\t');
    console.log(format === 'jsonl' ? JSON.stringify({ sentence, label, probability }) : tsv);
  }
}

/** Prints, after each word, the probability that the sentence is positive. */
export function predictSentence(kernels: Kernels, saved: Saved<SentimentState>, sentence: string): void {
  const { settings, data } = saved.state;
  const words = wordsOf(sentence);
  if (words.length === 0) throw new InputError('the sentence contains no word: give one with --predict');
  const read = words.slice(-LENGTH);
  const { vocabulary, probabilities: after } = restoredReader(kernels, saved);
  const probabilities = after(words);

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

/** The probability after each step, including padding, that the sentence is positive. */
function probabilityAfterEach(graph: Graph<null>, input: Int32Array): number[] {
  graph.input.data.set(input);
  graph.forward();
  return Array.from(graph.output.data.subarray(0, input.length), sigmoid);
}
