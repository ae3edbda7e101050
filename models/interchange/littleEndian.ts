/** Numbers as they lie in files: little-endian. */

/** A whole number in so many bytes, or bytes as they are. */
export type Field = readonly [size: 1 | 2 | 4 | 8, value: number] | Uint8Array;

/**
 * The fields one after another.
 * @throws RangeError when a number does not fit its bytes
 */
export function pack(...fields: readonly Field[]): Uint8Array {
  const bytes = new Uint8Array(fields.reduce((length, field) => length + lengthOf(field), 0));
  let at = 0;
  for (const field of fields) {
    if (field instanceof Uint8Array) bytes.set(field, at);
    else putNumber(bytes, at, ...field);
    at += lengthOf(field);
  }
  return bytes;
}

const lengthOf = (field: Field) => (field instanceof Uint8Array ? field.length : field[0]);

function putNumber(bytes: Uint8Array, at: number, size: number, value: number): void {
  if (!(value >= 0 && value < 2 ** (8 * size)))
    throw new RangeError(`${value} does not fit ${size} bytes of a file`);
  for (let n = 0, rest = value; n < size; n++, rest = Math.floor(rest / 256)) bytes[at + n] = rest % 256;
}

/** Fields that are read one after another, and never beyond their end. */
export interface Fields {
  /** The next number; of 8 bytes it is exact to 2^53. */
  readonly number: (size: 1 | 2 | 4 | 8) => number;
  /** The next bytes, as a view. */
  readonly take: (length: number) => Uint8Array;
  /** How many bytes are left. */
  readonly left: () => number;
}

/** @param damaged makes the error for what ends too early */
export function unpack(bytes: Uint8Array, damaged: () => Error): Fields {
  let at = 0;
  const skip = (length: number): number => {
    if (!(at + length <= bytes.length)) throw damaged();
    at += length;
    return at - length;
  };
  return {
    number(size) {
      const from = skip(size);
      let value = 0;
      for (let n = from + size - 1; n >= from; n--) value = 256 * value + bytes[n]!;
      return value;
    },
    take(length) {
      const from = skip(length);
      return bytes.subarray(from, from + length);
    },
    left: () => bytes.length - at,
  };
}
