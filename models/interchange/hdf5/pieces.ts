/** What several parts of an HDF5 file are made of. */
import { InputError } from '../../../engine/index.js';
import { pack } from '../littleEndian.js';

/** An address that is none. */
export const NOWHERE = new Uint8Array(8).fill(255);

/** Where the parts of a file go, one after another. */
export interface Parts {
  /** Where the next one will begin. */
  readonly end: () => number;
  /** @returns where it begins; those that follow begin at multiples of 8 */
  readonly put: (part: Uint8Array) => number;
}

export const ceil8 = (length: number): number => Math.ceil(length / 8) * 8;

/** The bytes, and zeros up to a multiple of 8. */
export const padded = (bytes: Uint8Array): Uint8Array =>
  pack(bytes, new Uint8Array(ceil8(bytes.length) - bytes.length));

/** @throws InputError when the text has what ends texts in HDF5 */
export function encodeText(text: string): Uint8Array {
  if (text.includes('\0')) throw new InputError(`${JSON.stringify(text.slice(0, 80))} has a zero in it`);
  return new TextEncoder().encode(text);
}

/** The message that says a shape. */
export const dataspace = (shape: readonly number[]) =>
  pack([1, 1], [1, shape.length], new Uint8Array(6), ...shape.map((size) => [8, size] as const));
