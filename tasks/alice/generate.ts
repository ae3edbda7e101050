/** Generates text with a character model: predict the next character, append it, repeat. */
import {
  argmax,
  createYield,
  type FloatArray,
  type Graph,
  type Kernels,
  type Random,
  type Tensor,
} from '../../models/index.js';

/**
 * The randomness of the choice: 0 takes the most likely character, 1 samples from the model's probabilities.
 */
export interface Choice {
  temperature: number;
  random: Random;
}

/**
 * As in the chapter: each prediction rereads the last characters, from a state of 0.
 * @param graph unrolled for a batch of 1 and as many steps as `seed` has characters
 * @param seed  numbers of the characters to start from
 * @param count the number of characters to write
 * @returns the numbers of the characters written
 */
export function generateByWindow(
  graph: Graph,
  seed: Int32Array,
  count: number,
  choice: Choice,
): Promise<Int32Array> {
  const window = Int32Array.from(seed);
  const choose = createChooser(graph.model.kernels, graph.output, choice);
  return write(count, () => {
    graph.input.data.set(window);
    graph.forward();
    const next = choose();
    window.copyWithin(0, 1);
    window[window.length - 1] = next;
    return next;
  });
}

/**
 * Carries the state from character to character, so each is read only once.
 * @param graph unrolled for a batch of 1 and one step
 */
export function generateByState(
  graph: Graph,
  seed: Int32Array,
  count: number,
  choice: Choice,
): Promise<Int32Array> {
  const choose = createChooser(graph.model.kernels, graph.output, choice);
  graph.resetStates();
  const read = (character: number) => {
    graph.input.data[0] = character;
    graph.forward();
    graph.carryStates();
  };
  seed.forEach(read);
  return write(count, () => {
    const next = choose();
    read(next);
    return next;
  });
}

/** Looking at the clock, and waiting even for nothing, takes as long as some of the kernels. */
const CHARACTERS_PER_YIELD = 16;

async function write(count: number, nextCharacter: () => number): Promise<Int32Array> {
  const ids = new Int32Array(count);
  const yieldNow = createYield();
  for (let n = 0; n < count; n++) {
    ids[n] = nextCharacter();
    if (n % CHARACTERS_PER_YIELD === 0) await yieldNow();
  }
  return ids;
}

/**
 * A function that draws a class from softmax(logits / temperature); at temperature 0 it takes the most likely.
 * @param k      the kernels that made `logits`
 * @param logits [1,V], read anew for each class
 */
export function createChooser(k: Kernels, logits: Tensor, { temperature, random }: Choice): () => number {
  if (temperature === 0) return () => argmax(logits.data, logits.offset, logits.size);
  // One buffer, reused for all characters.
  const probabilities = k.zeros(...logits.shape);
  return () => {
    k.softmax(probabilities, logits, temperature);
    return draw(probabilities.data, random);
  };
}

/** A class n with probability p[n]: the first at which the sum of probabilities exceeds a uniform number. */
function draw(p: FloatArray, random: Random): number {
  const threshold = random.uniform();
  let sum = 0;
  for (let n = 0; n < p.length; n++) {
    sum += p[n]!;
    if (sum > threshold) return n;
  }
  // Rounding may leave the whole sum slightly below 1.
  return argmax(p, 0, p.length);
}
