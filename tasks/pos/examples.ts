/** Tagged sentences as training examples. */
import { padLeft, type TaggedSentence } from '../../datasets/index.js';
import type { Examples, Graph } from '../../models/index.js';
import type { Reader } from './architecture.js';

/** The classes of a model: PAD, number 0, and the tags, the most frequent first. */
export interface Classes {
  readonly names: readonly string[];
  /** The class numbers of tags, all of which must be known. */
  numbers(tags: readonly string[]): Int32Array;
}

export function createClasses(names: readonly string[]): Classes {
  // If a tag is itself named PAD, it keeps its later number.
  const numbers = new Map(names.map((name, n) => [name, n]));
  return { names, numbers: (tags) => Int32Array.from(tags, (tag) => numbers.get(tag)!) };
}

/** The ranges of the pieces in which a sentence with this number of words is read. */
export function pieces(words: number, length: number): [from: number, to: number][] {
  return Array.from({ length: Math.ceil(words / length) }, (_, n) => [
    n * length,
    Math.min((n + 1) * length, words),
  ]);
}

/**
 * Writes the numbers of the words into row `row` of a graph's input, after padding.
 * @param numbers `columns` for each word
 */
export function writeWords(
  { input, batch, steps }: Graph,
  row: number,
  numbers: Int32Array,
  columns: number,
) {
  const padded = padLeft(numbers, steps * columns);
  // Time-major: step t of example `row` is at t·B + row.
  for (let t = 0; t < steps; t++) {
    for (let j = 0; j < columns; j++) input.data[(t * batch + row) * columns + j] = padded[t * columns + j]!;
  }
}

/**
 * The sentences as examples; one longer than the graph becomes several.
 * @param length the graph's steps
 */
export function taggedExamples(
  sentences: readonly TaggedSentence[],
  reader: Reader,
  classes: Classes,
  length: number,
): Examples {
  const { columns } = reader;
  const examples = sentences.flatMap(({ words, tags }) => {
    const [numbers, labels] = [reader.numbers(words), classes.numbers(tags)];
    return pieces(words.length, length).map(([from, to]) => ({
      numbers: numbers.subarray(from * columns, to * columns),
      labels: labels.subarray(from, to),
    }));
  });
  return {
    count: examples.length,
    write(graph, row, index) {
      const { numbers, labels } = examples[index]!;
      writeWords(graph, row, numbers, columns);
      padLeft(labels, length).forEach((label, t) => (graph.labels!.data[t * graph.batch + row] = label));
    },
  };
}

/** The number of padding places when all sentences are padded to multiples of `length` words. */
export function countPadding(sentences: readonly TaggedSentence[], length: number): number {
  return sentences.reduce((sum, { words }) => sum + ((length - (words.length % length)) % length), 0);
}
