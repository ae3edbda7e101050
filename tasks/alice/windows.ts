/** Windows of a text as training examples: T characters, and the one after them as the label. */
import { InputError, type Examples } from '../../models/index.js';

/** A text in two: what to train on, and the share of it, at the end, that is held out. */
export function splitText(ids: Int32Array, share: number): [training: Int32Array, heldOut: Int32Array] {
  const end = ids.length - Math.round(ids.length * share);
  return [ids.subarray(0, end), ids.subarray(end)];
}

/**
 * Every window of `ids`, one character apart.
 * @param what names the text in the message
 * @throws InputError when there is not a single window
 */
export function textWindows(ids: Int32Array, T: number, what: string): Examples {
  const count = ids.length - T;
  if (count < 1) {
    throw new InputError(
      `${what} is too short: ${ids.length} characters, at least ${T + 1} are needed for --seqlen ${T}`,
    );
  }
  return {
    count,
    write({ input, labels, batch }, row, index) {
      // Time-major: step t of example `row` is at t·B + row.
      for (let t = 0; t < T; t++) input.data[t * batch + row] = ids[index + t]!;
      labels!.data[row] = ids[index + T]!;
    },
  };
}
