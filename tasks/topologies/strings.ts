/** Strings to reverse, encoded for encoder and decoder. */
import { decode, type Examples, type Graph, type Model, type Random } from '../../models/index.js';

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
 */
function writeString({ input, labels, batch, steps }: Graph, row: number, letters: readonly number[]): void {
  const answer = [...letters].reverse();
  const padding = Array<number>((steps - 1) / 2 - letters.length).fill(0);
  const symbols = [...padding, ...letters, BORDER, ...answer, ...padding];
  symbols.forEach((symbol, t) => (input.data[t * batch + row] = symbol));
  [...answer, BORDER, ...padding].forEach((symbol, t) => (labels!.data[t * batch + row] = symbol));
}

/** The model's answers: the decoder reads its own last symbol, until that is the border. */
export const reverseFreely = async (model: Model, longest: number, strings: readonly number[][]) =>
  decode(model, strings, { start: BORDER, end: BORDER, most: longest + 1 });
