/**
 * Named tensors in one file, in the safetensors format (huggingface.co/docs/safetensors), which other tools
 * can read: eight bytes with the length of a JSON header, the header with each tensor's type, shape and
 * offsets, then the numbers, little-endian. The header's metadata holds a text of our own and a checksum over
 * everything else.
 */
import { InputError, type FloatArray } from '../../engine/index.js';
import { concatenate, digestOf } from './digest.js';

const FORMAT = 'unrolled checkpoint 2';
/** Those of format 1 do not say what the model was. */
const FORMATS: readonly unknown[] = ['unrolled checkpoint 1', FORMAT];
const TYPES = { F32: Float32Array, F64: Float64Array };

/** A tensor of a checkpoint: dense, row by row. */
export interface SavedTensor {
  readonly shape: readonly number[];
  readonly data: FloatArray;
}

interface HeaderEntry {
  dtype: keyof typeof TYPES;
  shape: number[];
  /** Start and end in the data, in bytes. */
  data_offsets: [number, number];
}

/** Encodes tensors and a text as the bytes of a file. */
export async function encodeTensors(
  tensors: Iterable<readonly [name: string, SavedTensor]>,
  text: string,
): Promise<Uint8Array> {
  const header: Record<string, HeaderEntry> = {};
  const chunks: Uint8Array[] = [];
  let end = 0;
  for (const [name, { shape, data }] of tensors) {
    const start = end;
    end += data.byteLength;
    const dtype = data instanceof Float64Array ? 'F64' : 'F32';
    header[name] = { dtype, shape: [...shape], data_offsets: [start, end] };
    chunks.push(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }

  const checksum = await digestOf(text + JSON.stringify(header), ...chunks);
  let json = JSON.stringify({ __metadata__: { format: FORMAT, state: text, sha256: checksum }, ...header });
  json += ' '.repeat((8 - (new TextEncoder().encode(json).length % 8)) % 8);
  const headerBytes = new TextEncoder().encode(json);
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(headerBytes.length), true);
  return concatenate([length, headerBytes, ...chunks]);
}

/**
 * Decodes what `encodeTensors` wrote. Nothing in the file is trusted before it is checked.
 * @param source its name in error messages, such as the file's name
 * @throws InputError when it is not a checkpoint of this library, or is truncated or damaged
 */
export async function decodeTensors(
  bytes: Uint8Array,
  source: string,
): Promise<{ text: string; tensors: Map<string, SavedTensor> }> {
  const refuse = (what: string) => new InputError(`${source} is ${what}; use an earlier checkpoint`);
  const headerEnd = bytes.length < 8 ? Infinity : 8 + Number(viewOf(bytes).getBigUint64(0, true));
  if (!beginsCheckpoint(bytes)) {
    throw new InputError(`${source} is not a checkpoint of this program; pass a file written with --save`);
  }
  if (headerEnd > bytes.length) throw refuse('truncated: its header is incomplete');

  const { __metadata__: metadata, ...header } = parseObject(bytes.subarray(8, headerEnd));
  const { format, state: text, sha256: checksum } = (metadata ?? {}) as Record<string, unknown>;
  if (!FORMATS.includes(format) || typeof text !== 'string')
    throw refuse('damaged: its header cannot be read');
  const entries = Object.entries(header);
  const data = bytes.subarray(headerEnd);
  let end = 0;
  for (const [name, entry] of entries) {
    if (!isEntry(entry, end)) throw refuse(`damaged: its header entry for ${name} is invalid`);
    end = entry.data_offsets[1];
  }
  if (data.length < end) {
    throw refuse(`truncated: ${end} bytes of numbers expected, ${data.length} found`);
  }
  if ((await digestOf(text + JSON.stringify(header), data)) !== checksum) {
    throw refuse('damaged: its checksum does not match');
  }

  // One copy for all: a buffer for each of many small tensors takes seconds. Node's Buffer.slice would not copy.
  const copy = Uint8Array.prototype.slice.call(data, 0, end);
  const tensors = new Map<string, SavedTensor>();
  for (const [name, { dtype, shape, data_offsets }] of entries as [string, HeaderEntry][]) {
    const [from, to] = data_offsets;
    const size = TYPES[dtype].BYTES_PER_ELEMENT;
    // A copy of its own, if its numbers are not aligned to their size.
    const numbers =
      from % size === 0
        ? new TYPES[dtype](copy.buffer, from, (to - from) / size)
        : new TYPES[dtype](copy.slice(from, to).buffer);
    tensors.set(name, { shape, data: numbers });
  }
  return { text, tensors };
}

/** Whether it begins as a checkpoint: one that is truncated or damaged inside its header does, too. */
export const beginsCheckpoint = (bytes: Uint8Array): boolean =>
  new TextDecoder().decode(bytes.subarray(8, 8 + 64)).startsWith('{"__metadata__":{"format":"unrolled');

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/** Whether it describes a tensor with data at `start`: data is in the order of the header, without gaps. */
function isEntry(value: unknown, start: number): value is HeaderEntry {
  // Nothing else: text that is nested too deep could not be written again for its checksum.
  if (Object.keys(value ?? {}).join() !== 'dtype,shape,data_offsets') return false;
  const { dtype, shape, data_offsets: offsets } = (value ?? {}) as Partial<Record<string, unknown>>;
  if (typeof dtype !== 'string' || !Object.hasOwn(TYPES, dtype)) return false;
  if (!Array.isArray(shape) || !shape.every(isWhole)) return false;
  const size = shape.reduce((product, length) => product * length, 1);
  const bytes = size * TYPES[dtype as keyof typeof TYPES].BYTES_PER_ELEMENT;
  return (
    Array.isArray(offsets) &&
    offsets.length === 2 &&
    offsets.every(isWhole) &&
    offsets[0] === start &&
    offsets[1] === start + bytes
  );
}

/** The JSON object in the bytes; empty if there is none. */
function parseObject(bytes: Uint8Array): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return { ...(value as object) };
  } catch {
    return {};
  }
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
