/** Tags sentences with a model. */
import {
  adam,
  argmax,
  createTrainer,
  InputError,
  restoreTrainer,
  unroll,
  type Kernels,
} from '../../models/index.js';
import { tokenize } from '../../datasets/index.js';
import { column, readLines, type LineFormat } from '../task/lines.js';
import type { Saved } from '../common/checkpoints.js';
import { printable } from '../common/printable.js';
import { print } from '../common/say.js';
import { pieces, writeWords } from './examples.js';
import { createPosModel, type PosModel, type PosState } from './model.js';

/** A function that tags words with the model's weights at the time of the call. */
export function createTagger({
  architecture: { length },
  reader,
  classes,
  model,
}: PosModel): (words: readonly string[]) => string[] {
  const graph = unroll(model, { batch: 1, steps: length });
  const width = classes.names.length;
  return (words) =>
    pieces(words.length, length).flatMap(([from, to]) => {
      writeWords(graph, 0, reader.numbers(words.slice(from, to)), reader.columns);
      graph.forward();
      // The words are at the last steps, after the padding.
      const first = length - (to - from);
      const { data, offset } = graph.output;
      return Array.from({ length: to - from }, (_, n) => {
        return classes.names[argmax(data, offset + (first + n) * width, width)]!;
      });
    });
}

/** What a saved tagger is asked: a sentence, or a file of sentences. */
export interface Question {
  readonly tag?: string;
  readonly tagFile?: string;
  readonly format: LineFormat;
}

/**
 * Prints the words of sentences, each with its tag: `The/DT dog/NN`, or a line for each word and an empty one
 * after each sentence, as in CoNLL's columns.
 * @throws InputError when a sentence has no words
 */
export function tagSentences(
  kernels: Kernels,
  { state, checkpoint, path }: Saved<PosState>,
  { tag, tagFile, format }: Question,
): void {
  const sentences = (tagFile === undefined ? [tag!] : readLines(tagFile)).map((line) => tokenize(line));
  if (sentences.some((words) => words.length === 0))
    throw new InputError('the sentence contains no word: give some with --tag');
  const posModel = createPosModel(kernels, state);
  restoreTrainer(createTrainer(posModel.model, adam()), checkpoint, path);
  const tagger = createTagger(posModel);
  for (const words of sentences) {
    const tags = tagger(words);
    if (tagFile === undefined) print(printable(words.map((word, n) => `${word}/${tags[n]}`).join(' ')));
    else if (format === 'jsonl') print(JSON.stringify({ words, tags }));
    else print(words.map((word, n) => `${column(word)}\t${tags[n]}\n`).join(''));
  }
}
