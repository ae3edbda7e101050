/** Damaged files for readers, which may throw nothing but their own errors, and quickly. */
import { expect } from '@jest/globals';
import fc from 'fast-check';
import { DataError } from '../../datasets/index.js';

/** Files per reader. */
export const FILES = 3000;

/**
 * The sample with changed bytes, truncated, or with inserted pieces of itself or of `text`; or random bytes.
 */
export function damaged(sample: Uint8Array, text: readonly string[]): fc.Arbitrary<Uint8Array> {
  const place = fc.nat(sample.length);
  const pieces = text.map((piece) => new TextEncoder().encode(piece));
  const foreign = fc.oneof(fc.uint8Array({ maxLength: 20 }), fc.constantFrom(...pieces));
  const join = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));
  return fc.oneof(
    fc.array(fc.tuple(place, fc.nat(255)), { minLength: 1, maxLength: 5 }).map((changes) => {
      const bytes = sample.slice();
      for (const [at, byte] of changes) bytes[at] = byte;
      return bytes;
    }),
    place.map((end) => sample.slice(0, end)),
    fc.tuple(place, place, place).map(([a, b, at]) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      return join(sample.slice(0, at), sample.slice(from, to), sample.slice(at));
    }),
    fc
      .tuple(place, place, foreign)
      .map(([a, b, piece]) => join(sample.slice(0, Math.min(a, b)), piece, sample.slice(Math.max(a, b)))),
    fc.array(foreign, { maxLength: 20 }).map((parts) => join(...parts)),
    fc.uint8Array({ maxLength: 200 }),
  );
}

/**
 * Passes thousands of damaged files to a reader.
 * @param sample a good file
 * @param text pieces that have a meaning to the reader, inserted at random places
 * @param check receives the result for each file that the reader accepts
 */
export function readDamaged<T>(
  read: (bytes: Uint8Array) => T,
  sample: Uint8Array,
  text: readonly string[],
  check: (result: T) => void,
): void {
  expect(() => read(sample)).not.toThrow();
  const property = fc.property(damaged(sample, text), (bytes) => {
    let result;
    try {
      result = read(bytes);
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      expect(error.message).toMatch(/^[^\n]{1,300}$/);
      return;
    }
    check(result);
  });
  fc.assert(property, { seed: 20, numRuns: FILES });
}
