/** Generates text with a character model: predict the next character, append it, repeat. */
import { createYield, type Graph, type Random } from '../../models/index.js';

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
  const choose = createChooser(choice, graph.output.size);
  return write(count, () => {
    graph.input.data.set(window);
    graph.forward();
    const next = choose(graph.output.data);
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
  const choose = createChooser(choice, graph.output.size);
  graph.resetStates();
  const read = (character: number) => {
    graph.input.data[0] = character;
    graph.forward();
    graph.carryStates();
  };
  seed.forEach(read);
  return write(count, () => {
    const next = choose(graph.output.data);
    read(next);
    return next;
  });
}

async function write(count: number, nextCharacter: () => number): Promise<Int32Array> {
  const ids = new Int32Array(count);
  const yieldNow = createYield();
  for (let n = 0; n < count; n++) {
    ids[n] = nextCharacter();
    // An await takes as long as some of the kernels, even if there is nothing to wait for.
    const pause = yieldNow();
    if (pause) await pause;
  }
  return ids;
}

/**
 * A function that samples from softmax(logits / temperature); at temperature 0 it takes the maximum.
 * @param width the number of logits
 */
export function createChooser({ temperature, random }: Choice, width: number) {
  // One buffer, reused for all characters.
  const weights = new Float64Array(width);

  return (logits: ArrayLike<number>): number => {
    let best = 0;
    for (let n = 1; n < width; n++) if (logits[n]! > logits[best]!) best = n;
    if (temperature === 0) return best;

    const largest = logits[best]!;
    let sum = 0;
    for (let n = 0; n < width; n++) {
      const weight = Math.exp((logits[n]! - largest) / temperature);
      weights[n] = weight;
      sum += weight;
    }
    let rest = random.uniform() * sum;
    for (let n = 0; n < width; n++) {
      rest -= weights[n]!;
      if (rest < 0) return n;
    }
    // Rounding may leave `rest` slightly above 0.
    return best;
  };
}
