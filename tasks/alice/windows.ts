/** A training text and its windows: T characters, with the next one as the label. */
import type { Encoding } from '../../datasets/index.js';
import { InputError, type Examples } from '../../models/index.js';

/** Facts about a text. */
export interface BookRecord {
  /** Its origin. */
  source: string;
  /** Of the file as stored. */
  sha256: string;
  /** How its bytes were read. Checkpoints did not always say so, nor what was dropped. */
  encoding?: Encoding;
  characters: number;
  /** The characters that are not ASCII and were dropped. */
  dropped?: number;
  /** The distinct characters, sorted. (A string in older checkpoints, which gives the same characters.) */
  vocabulary: readonly string[];
}

export interface Book {
  readonly record: BookRecord;
  /** The text as one number per character, its index in the vocabulary. */
  readonly ids: Int32Array;
}

/** A text cut into windows, its end held out on request. */
export interface CutBook {
  /** Of the training part. */
  readonly ids: Int32Array;
  readonly training: Examples;
  readonly validation: Examples | null;
}

/**
 * @param validation the share to hold out; 0: none
 * @throws InputError when a part is too short for one window
 */
export function cutBook(
  ids: Int32Array,
  source: string,
  { seqlen, validation: share }: { seqlen: number; validation: number },
): CutBook {
  const end = ids.length - Math.round(ids.length * share);
  const trainingIds = ids.subarray(0, end);
  const part = (name: string) => (share ? `the ${name} part of ${source} (--validation ${share})` : source);
  const training = textWindows(trainingIds, seqlen, part('training'));
  const validation = share ? textWindows(ids.subarray(end), seqlen, part('held-out')) : null;
  return { ids: trainingIds, training, validation };
}

/**
 * All windows of `ids`, each shifted by one character.
 * @param what the text's name in the message
 * @throws InputError when the text is too short for one window
 */
function textWindows(ids: Int32Array, T: number, what: string): Examples {
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
