/** Padding sequences to one length. */
import { PAD } from './vocabulary.js';

/**
 * The last `length` numbers of a sequence, padded on the left if it is shorter. (Keras: pad_sequences.)
 */
export function padLeft(sequence: ArrayLike<number>, length: number): Int32Array {
  const padded = new Int32Array(length).fill(PAD);
  const kept = Math.min(sequence.length, length);
  for (let n = 0; n < kept; n++) padded[length - kept + n] = sequence[sequence.length - kept + n]!;
  return padded;
}
