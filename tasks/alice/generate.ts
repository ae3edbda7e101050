/** Writes text as the chapter does, rereading a window; `generate` carries the state instead. */
import { decodeText } from '../../datasets/index.js';
import { createYield, sample, type Graph, type Random, type SampleOptions } from '../../models/index.js';

/** Characters written after each epoch. */
const PREDICTIONS = 100;

/**
 * Each prediction rereads the last characters, from a state of 0.
 * @param graph unrolled for a batch of 1 and as many steps as `seed` has characters
 * @param seed  numbers of the characters to start from
 * @param count the number of characters to write
 * @returns the numbers of the characters written
 */
export async function generateByWindow(
  graph: Graph,
  seed: Int32Array,
  count: number,
  choice: SampleOptions,
): Promise<Int32Array> {
  const window = Int32Array.from(seed);
  const written = new Int32Array(count);
  const yieldNow = createYield();
  for (let n = 0; n < count; n++) {
    graph.input.data.set(window);
    graph.forward();
    written[n] = sample(graph.output, choice);
    window.copyWithin(0, 1);
    window[window.length - 1] = written[n]!;
    await yieldNow();
  }
  return written;
}

/**
 * What is written after an epoch: the continuation of a window of the text, drawn at random.
 * @param graph unrolled for a batch of 1 and as many steps as a window has
 */
export async function writeSample(
  graph: Graph,
  ids: Int32Array,
  vocabulary: readonly string[],
  choice: SampleOptions & { random: Random },
): Promise<{ seedText: string; text: string }> {
  const from = choice.random.integer(ids.length - graph.steps);
  const seed = ids.subarray(from, from + graph.steps);
  const written = await generateByWindow(graph, seed, PREDICTIONS, choice);
  return { seedText: decodeText(vocabulary, seed), text: decodeText(vocabulary, written) };
}
