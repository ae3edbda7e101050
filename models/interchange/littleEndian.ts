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
