/** Strings to reverse, encoded for encoder and decoder. */
import { decode, unroll, type Examples, type Graph, type Model, type Random } from '../../models/index.js';
import type { Example } from './topology.js';

const LETTERS = 26;
/** Symbol 0 is padding, 1 to 26 are letters; this one starts the decoder, and the decoder ends with it. */
const BORDER = LETTERS + 1;
export const SYMBOLS = BORDER + 1;

/** The steps of the encoder and of the decoder, which has one more for the border. */
export const stepsFor = (longest: number) => longest + longest + 1;

/**
 * Draws a string of up to `longest` letters; all lengths are equally likely. One string in ten, chosen by the
 * sum of its letters, is held out and never trained on. (`longest` is 2 or more: with 1, the held-out letters
 * would never occur in training.)
 * @param heldOut whether to draw a held-out string or one of the others
 */
export function drawString(random: Random, longest: number, heldOut: boolean): number[] {
  const length = 1 + random.integer(longest);
  for (;;) {
    const letters = Array.from({ length }, () => 1 + random.integer(LETTERS));
    const sum = letters.reduce((a, b) => a + b);
    if ((sum % 10 === 0) === heldOut) return letters;
  }
}

/** `abc` */
export const written = (letters: readonly number[] | Int32Array) =>
  String.fromCharCode(...letters.map((letter) => 96 + letter));

/** Training strings, generated on demand. */
export const trainingStrings = (random: Random, longest: number, count: number): Examples => ({
  count,
  write: (graph, row) => writeString(graph, row, drawString(random, longest, false)),
});

/**
 * Writes a string and the decoder's input: the border and, for teacher forcing, the answer one step late. The
 * padding comes before the string, so the string's end is next to the decoder.
 * @param read what the decoder reads after the border
 */
function writeString(
  { input, labels, batch, steps }: Graph,
  row: number,
  letters: readonly number[],
  read: readonly number[] = [...letters].reverse(),
): void {
  const longest = (steps - 1) / 2;
  const padding = Array<number>(longest - letters.length).fill(0);
  const unread = Array<number>(longest - read.length).fill(0);
  const symbols = [...padding, ...letters, BORDER, ...read, ...unread];
  symbols.forEach((symbol, t) => (input.data[t * batch + row] = symbol));
  const answer = [...[...letters].reverse(), BORDER, ...padding];
  answer.forEach((symbol, t) => (labels!.data[t * batch + row] = symbol));
}

/** The model's answers: the decoder reads its own last symbol, until that is the border. */
export const reverseFreely = async (model: Model, longest: number, strings: readonly (readonly number[])[]) =>
  decode(model, strings, { start: BORDER, end: BORDER, most: longest + 1 });

/** What the decoder answers to one string, running freely. */
export function createReversal(model: Model, longest: number, letters: readonly number[]) {
  const steps = stepsFor(longest);
  const graph = unroll(model, { batch: 1, steps, loss: 'softmaxCrossEntropy' });
  const source = (t: number) => letters[t - longest + letters.length] ?? 0;
  /** From the decoder's first step on. */
  const later = (symbols: ArrayLike<number>) => (t: number) => symbols[t - longest] ?? 0;
  const text = (symbolAt: (t: number) => number) =>
    Array.from({ length: steps }, (_, t) => (symbolAt(t) === 0 ? '' : written([symbolAt(t)])));
  return async (): Promise<Example> => {
    const [said] = (await reverseFreely(model, longest, [letters])) as [Int32Array];
    writeString(graph, 0, letters, [...said].slice(0, longest));
    graph.forward();
    return {
      reads: text(source),
      right: text(later([...letters].reverse())),
      says: text(later(said)),
      graph,
    };
  };
}
