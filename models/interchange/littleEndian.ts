/** Numbers as they lie in files: little-endian. */

/** A whole number in so many bytes, or bytes as they are. */
export type Field = readonly [size: 1 | 2 | 4 | 8, value: number] | Uint8Array;

/** The fields one after another. */
export function pack(...fields: readonly Field[]): Uint8Array {
  const bytes = new Uint8Array(fields.reduce((length, field) => length + lengthOf(field), 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const field of fields) {
    if (field instanceof Uint8Array) bytes.set(field, at);
    else if (field[0] === 1) view.setUint8(at, field[1]);
    else if (field[0] === 2) view.setUint16(at, field[1], true);
    else if (field[0] === 4) view.setUint32(at, field[1], true);
    else view.setBigUint64(at, BigInt(field[1]), true);
    at += lengthOf(field);
  }
  return bytes;
}

const lengthOf = (field: Field) => (field instanceof Uint8Array ? field.length : field[0]);
