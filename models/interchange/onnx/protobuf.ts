/**
 * Protocol buffers (protobuf.dev/programming-guides/encoding): a message is a row of fields, each a number, a
 * wire type and a value. A table of fields both reads and writes a message. Sizes in a file are not believed,
 * and messages are as deep as their tables.
 */
import { concatenate } from '../../weights/digest.js';

/** Fields of a file beyond which it is refused: each becomes a value that is larger than its few bytes. */
const MOST_FIELDS = 100_000;

const [VARINT, BYTES, FIXED32] = [0, 2, 5];
/** Bytes after the number, where they do not have a length of their own. */
const FIXED: Readonly<Record<number, number>> = { [VARINT]: 0, 1: 8, [FIXED32]: 4 };

/** What reads a file. */
export interface Source {
  /** The error for what cannot be read. */
  readonly damaged: () => Error;
  /** How many fields may still be read. */
  left: number;
}

/** @param damaged the error for what cannot be read */
export const sourceOf = (damaged: () => Error): Source => ({ damaged, left: MOST_FIELDS });

/** A field as it lies in a message. */
export interface RawField {
  readonly number: number;
  readonly wire: number;
  /** Of a varint. */
  readonly value: number;
  /** Of all others. */
  readonly bytes: Uint8Array;
  /** Where it begins and ends, its number included. */
  readonly from: number;
  readonly to: number;
}

/** The fields of a message, in order. */
export function* fieldsOf(bytes: Uint8Array, source: Source): Generator<RawField> {
  const reader = { bytes, at: 0 };
  while (reader.at < bytes.length) {
    if (--source.left < 0) throw source.damaged();
    const from = reader.at;
    const key = varint(reader, source);
    const wire = key % 8;
    const value = wire === VARINT ? varint(reader, source) : 0;
    const length = wire === BYTES ? varint(reader, source) : (FIXED[wire] ?? NaN);
    // Also a wire type that is none.
    if (!(key >= 8 && length >= 0 && reader.at + length <= bytes.length)) throw source.damaged();
    const content = bytes.subarray(reader.at, (reader.at += length));
    yield { number: Math.floor(key / 8), wire, value, bytes: content, from, to: reader.at };
  }
}

/** Seven bits a byte, the lowest first; negative numbers have ten bytes. Beyond 2^53 it is rounded. */
function varint(reader: { readonly bytes: Uint8Array; at: number }, { damaged }: Source): number {
  const from = reader.at;
  // Most have one byte.
  if (reader.bytes[from]! < 128) return reader.bytes[reader.at++]!;
  let value = 0n;
  for (let byte = 128; byte >= 128; reader.at++) {
    if (reader.at === reader.bytes.length || reader.at - from === 10) throw damaged();
    byte = reader.bytes[reader.at]!;
    value |= BigInt(byte & 127) << BigInt(7 * (reader.at - from));
  }
  return Number(BigInt.asIntN(64, value));
}

/** How a value is read from a field, and written. */
export interface FieldType<T> {
  readonly wire: number;
  readonly read: (field: RawField, source: Source) => T;
  /** Its bytes, without number and wire type. */
  readonly write: (value: T) => Uint8Array;
}

const withLength = (bytes: Uint8Array) => concatenate([varintOf(bytes.length), bytes]);

function varintOf(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  do {
    bytes.push(Number(rest & 127n) + (rest > 127n ? 128 : 0));
    rest >>= 7n;
  } while (rest > 0n);
  return Uint8Array.from(bytes);
}

/** A whole number. */
export const int: FieldType<number> = { wire: VARINT, read: ({ value }) => value, write: varintOf };

/** A float32. */
export const float: FieldType<number> = {
  wire: FIXED32,
  read: ({ bytes }) => new DataView(bytes.buffer, bytes.byteOffset).getFloat32(0, true),
  write(value) {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    return bytes;
  },
};

/** Bytes as they are: a view. */
export const blob: FieldType<Uint8Array> = { wire: BYTES, read: ({ bytes }) => bytes, write: withLength };

const decoder = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A text. */
export const text: FieldType<string> = {
  wire: BYTES,
  read({ bytes }, { damaged }) {
    try {
      return decoder.decode(bytes);
    } catch {
      throw damaged();
    }
  },
  write: (value) => withLength(new TextEncoder().encode(value)),
};

/** A message within. */
export const message = <F extends Fields>(fields: F): FieldType<MessageOf<F>> => ({
  wire: BYTES,
  read: ({ bytes }, source) => readMessage(bytes, fields, source),
  write: (value) => withLength(writeMessage(value, fields)),
});

/** A field of a message. */
export interface Field<T> {
  readonly number: number;
  readonly type: FieldType<unknown>;
  readonly isMany: boolean;
  /** The type of its value: there is no such property. */
  readonly value?: T;
}

/** A message's fields by name, in the order of their numbers, as other programs write them. */
export type Fields = Readonly<Record<string, Field<unknown>>>;
type ValueOf<F> = F extends Field<infer T> ? T : never;

/** A message: undefined where a field is missing, an array where there may be several. */
export type MessageOf<F extends Fields> = { readonly [Name in keyof F]?: ValueOf<F[Name]> };

/** A field that is there at most once. */
export const one = <T>(number: number, type: FieldType<T>): Field<T> => ({
  ...{ number, type: type as FieldType<unknown>, isMany: false },
});

/** A field that may be there several times; numbers also all together (packed). */
export const many = <T>(number: number, type: FieldType<T>): Field<readonly T[]> => ({
  ...{ number, type: type as FieldType<unknown>, isMany: true },
});

const tables = new WeakMap<Fields, ReadonlyMap<number, Field<unknown> & { readonly name: string }>>();

/** The fields by number. */
function byNumber(fields: Fields) {
  const known = tables.get(fields);
  if (known) return known;
  const made = new Map(Object.entries(fields).map(([name, field]) => [field.number, { name, ...field }]));
  tables.set(fields, made);
  return made;
}

/**
 * What is in a message, of the fields in the table.
 * @throws what `source` says, also when a single field is there twice: readers differ in what they make of it
 */
export function readMessage<F extends Fields>(bytes: Uint8Array, fields: F, source: Source): MessageOf<F> {
  const known = byNumber(fields);
  const found = new Map<string, unknown>();
  for (const raw of fieldsOf(bytes, source)) {
    const field = known.get(raw.number);
    if (!field) continue;
    const { name, type, isMany } = field;
    if (!isMany && found.has(name)) throw source.damaged();
    const before = (isMany ? (found.get(name) ?? []) : []) as unknown[];
    if (isMany && raw.wire === BYTES && type.wire !== BYTES)
      for (const value of unpacked(raw.bytes, type, source)) before.push(value);
    else if (raw.wire === type.wire) before.push(type.read(raw, source));
    else throw source.damaged();
    found.set(name, isMany ? before : before[0]);
  }
  return Object.fromEntries(found) as MessageOf<F>;
}

/** Numbers without field numbers between them. */
function* unpacked<T>(bytes: Uint8Array, type: FieldType<T>, source: Source): Generator<T> {
  const reader = { bytes, at: 0 };
  const [number, wire] = [0, type.wire];
  while (reader.at < bytes.length) {
    const from = reader.at;
    if (--source.left < 0) throw source.damaged();
    const value = wire === VARINT ? varint(reader, source) : 0;
    if (wire !== VARINT) reader.at += 4;
    if (reader.at > bytes.length) throw source.damaged();
    yield type.read(
      { number, wire, value, bytes: bytes.subarray(from, reader.at), from, to: reader.at },
      source,
    );
  }
}

/** The bytes of a message. */
export function writeMessage<F extends Fields>(value: MessageOf<F>, fields: F): Uint8Array<ArrayBuffer> {
  const chunks = Object.entries(fields).flatMap(([name, { number, type, isMany }]) => {
    const given = value[name];
    if (given === undefined) return [];
    const key = varintOf(number * 8 + type.wire);
    return (isMany ? (given as readonly unknown[]) : [given]).flatMap((one) => [key, type.write(one)]);
  });
  return concatenate(chunks);
}
