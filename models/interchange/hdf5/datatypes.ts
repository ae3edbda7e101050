/** Types as HDF5 describes them: its File Format Specification, "The Datatype Message". */
import { pack } from '../littleEndian.js';

/** The class of a type, in the lower half of its first byte; the upper one is the version of the message. */
export const [INTEGER, FLOAT, TEXT, OPAQUE, VARIABLE] = [0, 1, 3, 5, 9] as const;
const VERSION = 1 << 4;

function integer(size: number, isSigned: boolean): Uint8Array {
  const bits = 8 * size;
  return pack([1, VERSION | INTEGER], [1, isSigned ? 8 : 0], [2, 0], [4, size], [2, 0], [2, bits]);
}

/** Sign, exponent, fraction, from the highest bit; a leading 1 of the fraction is implied. */
function float(size: number, exponent: number): Uint8Array {
  const [bits, fraction] = [8 * size, 8 * size - 1 - exponent];
  const head = pack([1, VERSION | FLOAT], [1, 0x20], [2, bits - 1], [4, size], [2, 0], [2, bits]);
  return pack(head, [1, fraction], [1, exponent], [1, 0], [1, fraction], [4, 2 ** (exponent - 1) - 1]);
}

/** Messages of the types of numbers, little-endian, by the names in TYPE_SIZES. */
export const NUMBERS: ReadonlyMap<string, Uint8Array> = new Map([
  ...[1, 2, 4, 8].flatMap((size): [string, Uint8Array][] => [
    [`I${8 * size}`, integer(size, true)],
    [`U${8 * size}`, integer(size, false)],
  ]),
  ['F16', float(2, 5)],
  ['F32', float(4, 8)],
  ['F64', float(8, 11)],
]);

/** Texts of so many bytes in UTF-8; shorter ones end in zeros. */
export const fixedText = (size: number) => pack([1, VERSION | TEXT], [1, 0x11], [2, 0], [4, size]);

/** Texts of any length in UTF-8, elsewhere in the file: here are 16 bytes that say where. */
export const VARIABLE_TEXT = pack([1, VERSION | VARIABLE], [1, 1], [2, 1], [4, 16], integer(1, false));
