/** Writing text with a character model: predict the next character, append it, repeat. */
import { createBreath, type Graph, type Random } from '../models/index.js';

/** Whether and how chance is in the choice: 0 takes the most likely character, 1 draws from the model's own odds. */
export interface Choice {
  temperature: number;
  random: Random;
}

/**
 * As in the chapter: the last characters are read anew for each prediction, from a state of 0.
 * @param graph unrolled for a batch of 1 and as many steps as there are characters in `seed`
 * @param seed  numbers of the characters to start from
 * @param count how many characters to write
 * @returns the numbers of the characters written
 */
export function generateByWindow(
  graph: Graph,
  seed: Int32Array,
  count: number,
  choice: Choice,
): Promise<Int32Array> {
  const window = Int32Array.from(seed);
  return write(count, () => {
    graph.input.data.set(window);
    graph.forward();
    const next = choose(graph.output.data, choice);
    window.copyWithin(0, 1);
    window[window.length - 1] = next;
    return next;
  });
}

/**
 * The state is carried from character to character, so each is read only once.
 * @param graph unrolled for a batch of 1 and one step
 */
export function generateByState(
  graph: Graph,
  seed: Int32Array,
  count: number,
  choice: Choice,
): Promise<Int32Array> {
  graph.resetStates();
  const read = (character: number) => {
    graph.input.data[0] = character;
    graph.forward();
    graph.carryStates();
  };
  seed.forEach(read);
  return write(count, () => {
    const next = choose(graph.output.data, choice);
    read(next);
    return next;
  });
}

async function write(count: number, nextCharacter: () => number): Promise<Int32Array> {
  const ids = new Int32Array(count);
  const breathe = createBreath();
  for (let n = 0; n < count; n++) {
    ids[n] = nextCharacter();
    await breathe();
  }
  return ids;
}

/** Draws from softmax(logits / temperature); the largest at temperature 0. */
export function choose(logits: ArrayLike<number>, { temperature, random }: Choice): number {
  let best = 0;
  for (let n = 1; n < logits.length; n++) if (logits[n]! > logits[best]!) best = n;
  if (temperature === 0) return best;

  const weights = Array.from(logits, (logit) => Math.exp((logit - logits[best]!) / temperature));
  let rest = random.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  const drawn = weights.findIndex((weight) => (rest -= weight) < 0);
  // Rounding may leave a crumb of `rest`.
  return drawn < 0 ? best : drawn;
}
