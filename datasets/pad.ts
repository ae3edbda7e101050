/** Padding sequences to one length. */
import { requireThat, requireWhole } from './checks.js';
import { PAD } from './vocabulary.js';

/**
 * The last `length` numbers of a sequence, padded on the left if it is shorter. (Keras: pad_sequences.)
 * @throws TypeError when the sequence is no array of whole numbers; RangeError when the length is no whole number
 */
export function padLeft(sequence: ArrayLike<number>, length: number): Int32Array {
  requireThat('padLeft', isNumbers(sequence), 'sequence must be an array of whole numbers', sequence);
  requireWhole('padLeft', 'length', length);
  const padded = new Int32Array(length).fill(PAD);
  const kept = Math.min(sequence.length, length);
  for (let n = 0; n < kept; n++) padded[length - kept + n] = sequence[sequence.length - kept + n]!;
  return padded;
}

const isNumbers = (value: unknown) =>
  (Array.isArray(value) || ArrayBuffer.isView(value)) &&
  Array.from(value as ArrayLike<unknown>).every((one) => Number.isInteger(one));
