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
import type { Saved } from '../common/checkpoints.js';
import { printable } from '../common/printable.js';
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

/**
 * Prints the words of a sentence, each with its tag.
 * @throws InputError when the sentence has no words
 */
export function tagSentence(
  kernels: Kernels,
  { state, checkpoint, path }: Saved<PosState>,
  sentence: string,
): void {
  const words = sentence.match(/\S+/g);
  if (!words) throw new InputError('the sentence contains no word: give some with --tag');
  const posModel = createPosModel(kernels, state);
  restoreTrainer(createTrainer(posModel.model, adam()), checkpoint, path);
  const tags = createTagger(posModel)(words);
  console.log(printable(words.map((word, n) => `${word}/${tags[n]}`).join(' ')));
}
