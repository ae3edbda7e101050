/** The bytes of an HDF5 file, of which nothing is believed: neither where a part is nor how long. */
import type { InputError } from '../../../engine/index.js';
import { unpack, type Fields } from '../littleEndian.js';
import type { Refuse } from '../refusal.js';

/** A file that is read part by part. */
export interface HdfFile {
  readonly refuse: Refuse;
  /** The error for a part that cannot be read: `the header of layers`. */
  readonly damaged: (part: string) => InputError;
  /** The bytes of a part. */
  readonly bytes: (at: number, length: number, part: string) => Uint8Array;
  /** The fields of a part, which begins with these letters. */
  readonly fields: (at: number, length: number, part: string, letters?: string) => Fields;
  /** A text, in UTF-8. */
  readonly text: (bytes: Uint8Array, part: string) => string;
  /** Refuses what is met again: an object within itself has no end. */
  readonly once: (at: number, part: string) => void;
}

export function createFile(bytes: Uint8Array, refuse: Refuse): HdfFile {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const met = new Set<number>();
  // Each byte belongs to one part. Where parts overlap, reading them all could take for ever.
  let budget = 4 * bytes.length;
  const damaged = (part: string) => refuse(`damaged: ${part} cannot be read`);
  function spend(length: number, part: string): void {
    budget -= length;
    if (budget < 0) throw damaged(part);
  }
  function take(at: number, length: number, part: string): Uint8Array {
    if (!(length >= 0 && at + length <= bytes.length)) throw damaged(part);
    spend(length, part);
    return bytes.subarray(at, at + length);
  }
  return {
    ...{ refuse, damaged, bytes: take },
    fields(at, length, part, letters = '') {
      const fields = unpack(take(at, length, part), () => damaged(part));
      for (const letter of letters) if (fields.number(1) !== letter.charCodeAt(0)) throw damaged(part);
      return fields;
    },
    text(encoded, part) {
      spend(encoded.length, part);
      try {
        return decoder.decode(encoded);
      } catch {
        throw damaged(part);
      }
    },
    once(at, part) {
      if (met.has(at)) throw refuse(`${part} has two names in the file, or is within itself`);
      met.add(at);
    },
  };
}
