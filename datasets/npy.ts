/**
 * NumPy's .npy files, limited to one series of real numbers.
 *
 * A file consists of magic bytes, a version, the length of the header, the header (a Python dictionary as
 * text) and the numbers. (NumPy Enhancement Proposal 1.) The header is checked against the actual bytes
 * before use.
 */
import { requireFile, requireThat } from './checks.js';
import { DataError } from './errors.js';
import { quote } from './quote.js';

const MAGIC = '\x93NUMPY';

/** NumPy's own limit. */
const LONGEST_HEADER = 10_000;

/** Element types by their `descr`, all little-endian. */
const TYPES: Record<string, { bytes: number; read(view: DataView, offset: number): number }> = {
  '<f8': { bytes: 8, read: (view, offset) => view.getFloat64(offset, true) },
  '<f4': { bytes: 4, read: (view, offset) => view.getFloat32(offset, true) },
};

/**
 * The numbers of a .npy file of version 1, 2 or 3, of shape (n,) or (n, 1).
 * @param source the file's name in messages
 * @throws DataError when it is not such a file, its elements are not float32 or float64, or it is damaged
 */
export function decodeNpy(bytes: Uint8Array, source: string): Float64Array {
  requireFile('decodeNpy', bytes, source);
  const refuse = (why: string) => new DataError(`${source}: ${why}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (latin1(bytes.subarray(0, MAGIC.length)) !== MAGIC) throw refuse('not a .npy file');
  if (bytes.length < 12) throw refuse('a truncated .npy file; get a new copy');
  const version = bytes[6]!;
  if (version < 1 || version > 3) {
    throw refuse(`a .npy file of version ${version}, but only 1 to 3 are known; write it with numpy.save`);
  }
  const start = version === 1 ? 10 : 12;
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > LONGEST_HEADER) throw refuse(`a damaged .npy file: its header has ${length} bytes`);
  if (start + length > bytes.length) throw refuse('a truncated .npy file; get a new copy');

  const header = parseHeader(latin1(bytes.subarray(start, start + length)));
  if (!header) throw refuse('a damaged .npy file: its header cannot be read; get a new copy');
  const type = Object.hasOwn(TYPES, header.descr) ? TYPES[header.descr] : null;
  if (!type) {
    throw refuse(
      `elements of type ${quote(header.descr)}, but only <f8 and <f4 can be read; save the array as float64`,
    );
  }
  if (header.fortranOrder) throw refuse('stored in Fortran order; save it with numpy.ascontiguousarray');
  const [count = -1, ...others] = header.shape;
  if (count < 0 || others.length > 1 || others.some((size) => size !== 1)) {
    throw refuse(`an array of shape (${header.shape.join(', ')}), but one series is needed; save one column`);
  }
  const held = bytes.length - start - length;
  if (count * type.bytes !== held) {
    throw refuse(
      `its header tells of ${count} numbers of ${type.bytes} bytes, but ${held} bytes follow; get a new copy`,
    );
  }
  return Float64Array.from({ length: count }, (_, n) => type.read(view, start + length + n * type.bytes));
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
