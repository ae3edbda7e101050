/**
 * NumPy's .npy files of real numbers, of which one series is read.
 *
 * A file consists of magic bytes, a version, the length of the header, the header (a Python dictionary as
 * text) and the numbers. (NumPy Enhancement Proposal 1.) The header is checked against the actual bytes
 * before use.
 */
import { requireFile, requireThat, requireWhole } from './checks.js';
import { DataError } from './errors.js';
import { quote } from './quote.js';

const MAGIC = '\x93NUMPY';

/** NumPy's own limit. */
const LONGEST_HEADER = 10_000;

/** Element types by the letters of their `descr`, which begins with the order of bytes. */
const TYPES: Record<string, (view: DataView, offset: number, isLittle: boolean) => number> = {
  f8: (view, offset, isLittle) => view.getFloat64(offset, isLittle),
  f4: (view, offset, isLittle) => view.getFloat32(offset, isLittle),
  f2: (view, offset, isLittle) => float16(view.getUint16(offset, isLittle)),
  i8: (view, offset, isLittle) => Number(view.getBigInt64(offset, isLittle)),
  i4: (view, offset, isLittle) => view.getInt32(offset, isLittle),
  i2: (view, offset, isLittle) => view.getInt16(offset, isLittle),
  i1: (view, offset) => view.getInt8(offset),
  u8: (view, offset, isLittle) => Number(view.getBigUint64(offset, isLittle)),
  u4: (view, offset, isLittle) => view.getUint32(offset, isLittle),
  u2: (view, offset, isLittle) => view.getUint16(offset, isLittle),
  u1: (view, offset) => view.getUint8(offset),
  b1: (view, offset) => view.getUint8(offset),
};

/**
 * One series of a .npy file of version 1, 2 or 3, whose elements are real numbers of any type: all of an array of one
 * axis, or a column of one of two. Axes of length 1 do not count.
 * @param source the file's name in messages
 * @param column of an array of several columns, 0 for the first. Default: the only one
 * @throws DataError when it is not such a file, its elements are no numbers, there is no such column, or it is damaged
 */
export function decodeNpy(bytes: Uint8Array, source: string, column?: number): Float64Array {
  requireFile('decodeNpy', bytes, source);
  if (column !== undefined) requireWhole('decodeNpy', 'column', column);
  const refuse = (why: string) => new DataError(`${source}: ${why}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { header, start } = headerOf(bytes, view, source);
  const [, order, type = ''] = /^([<>|=])(\w+)$/.exec(header.descr) ?? [];
  const read = Object.hasOwn(TYPES, type) ? TYPES[type] : null;
  if (!read) {
    throw refuse(
      `elements of type ${quote(header.descr)}, which are no real numbers; save the array as float64`,
    );
  }
  const size = Number(type.slice(1));
  const [rows, columns] = sizesOf(header.shape);
  if (rows === null) {
    throw refuse(`an array of shape (${header.shape.join(', ')}), but one series is needed; save one column`);
  }
  const count = rows * columns;
  const held = bytes.length - start;
  if (count * size !== held) {
    throw refuse(
      `its header tells of ${count} numbers of ${size} bytes, but ${held} bytes follow; get a new copy`,
    );
  }
  if (column === undefined ? columns !== 1 : column >= columns) {
    const which = column === undefined ? 'which column? It has' : `no column ${column}; it has`;
    throw refuse(`${which} ${columns}; give a number from 0 to ${columns - 1}`);
  }
  // In Fortran's order, the rows of a column are adjacent.
  const [first, step] = header.fortranOrder ? [(column ?? 0) * rows, 1] : [column ?? 0, columns];
  const isLittle = order !== '>';
  return Float64Array.from({ length: rows }, (_, n) =>
    read(view, start + (first + n * step) * size, isLittle),
  );
}

/** Rows and columns, axes of length 1 left out; null: there are more than two axes, or none. */
function sizesOf(shape: readonly number[]): [rows: number | null, columns: number] {
  const axes = shape.filter((size) => size !== 1);
  if (shape.length === 0 || axes.length > 2) return [null, 1];
  return [axes[0] ?? 1, axes[1] ?? 1];
}

/** IEEE 754: a sign, 5 bits of exponent and 10 of mantissa. */
function float16(bits: number): number {
  const [exponent, mantissa] = [(bits >> 10) & 31, bits & 1023];
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 31) return mantissa ? NaN : sign * Infinity;
  return sign * (exponent === 0 ? mantissa * 2 ** -24 : (1024 + mantissa) * 2 ** (exponent - 25));
}

/** @throws DataError when it is not a .npy file, or its header is damaged */
function headerOf(bytes: Uint8Array, view: DataView, source: string): { header: Header; start: number } {
  const refuse = (why: string) => new DataError(`${source}: ${why}`);
  if (latin1(bytes.subarray(0, MAGIC.length)) !== MAGIC) throw refuse('not a .npy file');
  if (bytes.length < 12) throw refuse('a truncated .npy file; get a new copy');
  const version = bytes[6]!;
  if (version < 1 || version > 3) {
    throw refuse(`a .npy file of version ${version}, but only 1 to 3 are known; write it with numpy.save`);
  }
  const from = version === 1 ? 10 : 12;
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > LONGEST_HEADER) throw refuse(`a damaged .npy file: its header has ${length} bytes`);
  if (from + length > bytes.length) throw refuse('a truncated .npy file; get a new copy');
  const header = parseHeader(latin1(bytes.subarray(from, from + length)));
  if (!header) throw refuse('a damaged .npy file: its header cannot be read; get a new copy');
  return { header, start: from + length };
}

/**
 * A .npy file of version 1 with these numbers, of shape (n,), as float32 or float64 like the array.
 * @throws TypeError when they are no such array
 */
export function encodeNpy(values: Float32Array | Float64Array): Uint8Array {
  const isFloat = values instanceof Float32Array || values instanceof Float64Array;
  requireThat('encodeNpy', isFloat, 'values must be a Float32Array or a Float64Array', values);
  const double = values instanceof Float64Array;
  const text = `{'descr': '${double ? '<f8' : '<f4'}', 'fortran_order': False, 'shape': (${values.length},), }`;
  // The numbers begin at a multiple of 64 bytes, as in NumPy.
  const start = Math.ceil((10 + text.length + 1) / 64) * 64;
  const header = text.padEnd(start - 10 - 1) + '\n';
  const bytes = new Uint8Array(start + values.byteLength);
  const view = new DataView(bytes.buffer);
  bytes.set(Uint8Array.from(MAGIC + '\x01\x00', (character) => character.charCodeAt(0)));
  view.setUint16(8, header.length, true);
  bytes.set(new TextEncoder().encode(header), 10);
  values.forEach((value, n) => {
    if (double) view.setFloat64(start + n * 8, value, true);
    else view.setFloat32(start + n * 4, value, true);
  });
  return bytes;
}

interface Header {
  descr: string;
  fortranOrder: boolean;
  shape: number[];
}

/**
 * One `'key': value,` of the dictionary: a string, a boolean, integers in parentheses (with an L in files
 * from Python 2), or a list of fields.
 */
const ENTRY = /\s*'(\w+)'\s*:\s*('[^']*'|True|False|\([\dL,\s]*\)|\[.*\])\s*(,|$)/sy;

/** Null if it is not such a dictionary. */
function parseHeader(text: string): Header | null {
  const body = /^\{(.*)\}\s*$/s.exec(text)?.[1]?.trimEnd();
  if (body === undefined) return null;
  const entries = new Map<string, string>();
  for (ENTRY.lastIndex = 0; ENTRY.lastIndex < body.length;) {
    const match = ENTRY.exec(body);
    if (!match || entries.has(match[1]!)) return null;
    entries.set(match[1]!, match[2]!);
  }
  const [descr, order, shape] = ['descr', 'fortran_order', 'shape'].map((key) => entries.get(key) ?? '');
  if (!/^['[]/.test(descr!) || !/^(True|False)$/.test(order!) || !shape!.startsWith('(')) return null;
  return {
    descr: descr!.startsWith('[') ? 'record' : descr!.slice(1, -1),
    fortranOrder: order === 'True',
    shape: (shape!.match(/\d+/g) ?? []).map(Number),
  };
}

/** One character per byte. */
function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
