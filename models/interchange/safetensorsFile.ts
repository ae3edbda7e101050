/**
 * Safetensors files as other programs write them (huggingface.co/docs/safetensors): eight bytes with the
 * length of a JSON header, the header, then numbers that the header's offsets cover without gaps, in any
 * order.
 */
import { denseStride, countOf, TYPE_SIZES, type FileTensor } from './fileTensor.js';
import { isRecord } from './record.js';
import type { Refuse } from './refusal.js';

const MOST_HEADER = 100e6;

/** What is in a file. */
export interface SafetensorsFile {
  readonly tensors: readonly FileTensor[];
  /** Texts by name, of the programs that wrote it. */
  readonly metadata: Readonly<Record<string, string>>;
  /** The header without the metadata, and the numbers: what a checksum is over. */
  readonly header: string;
  readonly data: Uint8Array;
}

/**
 * Reads a header; tensors are views of the bytes.
 * @throws InputError when it is damaged or truncated
 */
export function readSafetensors(bytes: Uint8Array, refuse: Refuse): SafetensorsFile {
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true));
  if (length > MOST_HEADER) throw refuse('no safetensors file: it says that its header has more than 100 MB');
  if (8 + length > bytes.length) throw refuse('truncated: its header is incomplete');
  const { __metadata__: metadata = null, ...entries } = parseHeader(bytes.subarray(8, 8 + length), refuse);
  const texts = metadata === null ? {} : metadata;
  if (!isRecord(texts) || !Object.values(texts).every((text) => typeof text === 'string'))
    throw refuse('damaged: the __metadata__ of its header must be texts');
  const data = bytes.subarray(8 + length);
  const places = Object.entries(entries).map(([name, entry]) => readEntry(name, entry, data, refuse));
  let end = 0;
  for (const { tensor, from, to } of [...places].sort((a, b) => a.from - b.from || a.to - b.to)) {
    if (from !== end)
      throw refuse(
        `damaged: ${tensor.name} begins at byte ${from} of the numbers, the one before ends at ${end}`,
      );
    end = to;
  }
  if (end !== data.length)
    throw refuse(`truncated or damaged: ${end} bytes of numbers expected, ${data.length} found`);
  return {
    tensors: places.map(({ tensor }) => tensor),
    metadata: texts as Record<string, string>,
    ...{ header: headerOf(places), data },
  };
}

function parseHeader(bytes: Uint8Array, refuse: Refuse): Record<string, unknown> {
  const text = readAs(() => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), refuse);
  if (!isOfTensors(text))
    throw refuse('damaged: its header has more objects and arrays than those of tensors');
  const value = readAs<unknown>(() => JSON.parse(text), refuse);
  if (!isRecord(value)) throw refuse('damaged: its header is no JSON object');
  // JSON.parse keeps the last of two; another program may keep the first.
  if (countKeys(text) !== keysOf(value)) throw refuse('damaged: its header has the same key twice');
  return value;
}

/** What is read of the header, or why it cannot be. */
function readAs<R>(read: () => R, refuse: Refuse): R {
  try {
    return read();
  } catch {
    throw refuse('damaged: its header is no JSON');
  }
}

/**
 * Whether it has no more objects and arrays than a list of tensors, of which each has three and 50 letters:
 * others take far more memory than their letters.
 */
function isOfTensors(text: string): boolean {
  let [count, isInString] = [0, false];
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]!;
    if (letter === '"') isInString = !isInString;
    else if (isInString) at += letter === '\\' ? 1 : 0;
    else if (letter === '{' || letter === '[') count++;
  }
  return 16 * count <= text.length + 16;
}

/** The keys of all objects in a JSON text: the strings that a colon follows. */
function countKeys(text: string): number {
  let count = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at)) {
    for (at++; text[at] !== '"'; at++) if (text[at] === '\\') at++;
    for (at++; ' \t\r\n'.includes(text[at] ?? 'x'); at++);
    if (text[at] === ':') count++;
  }
  return count;
}

/**
 * The keys of an object and of those in it. A header is two deep; what is deeper is refused later, if it
 * matters.
 */
function keysOf(value: unknown): number {
  const open = [value];
  let count = 0;
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (typeof one !== 'object' || one === null) continue;
    if (!Array.isArray(one)) count += Object.keys(one).length;
    for (const part of Object.values(one)) if (typeof part === 'object' && part !== null) open.push(part);
  }
  return count;
}

function readEntry(name: string, entry: unknown, data: Uint8Array, refuse: Refuse) {
  const { dtype, shape, data_offsets: offsets } = isRecord(entry) ? entry : {};
  if (typeof dtype !== 'string' || !areSizes(shape) || !areSizes(offsets) || offsets.length !== 2)
    throw refuse(`damaged: its header entry for ${name} is invalid`);
  if (!Object.hasOwn(TYPE_SIZES, dtype))
    throw refuse(
      `${name} has the unknown type ${dtype.slice(0, 40)}; known are ${Object.keys(TYPE_SIZES).join(', ')}`,
    );
  const [from, to] = offsets as [number, number];
  if (from > to || countOf(shape) * TYPE_SIZES[dtype]! !== to - from)
    throw refuse(`damaged: ${name} is ${dtype} [${shape.join(', ')}], but has ${to - from} bytes`);
  const tensor: FileTensor = {
    ...{ name, type: dtype, shape, stride: denseStride(shape), offset: 0, bytes: data.subarray(from, to) },
  };
  return { tensor, from, to };
}

/** Of each entry what is known here, in order: others may be nested too deep to be written again. */
const headerOf = (places: readonly ReturnType<typeof readEntry>[]) =>
  JSON.stringify(
    Object.fromEntries(
      places.map(({ tensor: { name, type, shape }, from, to }) => [
        name,
        { dtype: type, shape, data_offsets: [from, to] },
      ]),
    ),
  );

const areSizes = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && (size as number) >= 0);

/**
 * The header of a file of dense tensors, in the order of their names, as the library of that name writes
 * them, and the numbers.
 * @param metadata made of the header without it, and the numbers
 */
export async function writeSafetensors(
  tensors: Iterable<readonly [name: string, type: string, shape: readonly number[], bytes: Uint8Array]>,
  metadata: (header: string, data: Uint8Array) => Promise<Readonly<Record<string, string>>>,
): Promise<Uint8Array> {
  const sorted = [...tensors].sort(([a], [b]) => (a < b ? -1 : 1));
  const data = new Uint8Array(sorted.reduce((sum, [, , , bytes]) => sum + bytes.length, 0));
  const entries: Record<string, object> = {};
  let end = 0;
  for (const [name, dtype, shape, bytes] of sorted) {
    data.set(bytes, end);
    entries[name] = { dtype, shape: [...shape], data_offsets: [end, (end += bytes.length)] };
  }
  const texts = await metadata(JSON.stringify(entries), data);
  const header = new TextEncoder().encode(JSON.stringify({ __metadata__: texts, ...entries }));
  const padded = Math.ceil(header.length / 8) * 8;
  const file = new Uint8Array(8 + padded + data.length).fill(32, 8, 8 + padded);
  new DataView(file.buffer).setBigUint64(0, BigInt(padded), true);
  file.set(header, 8);
  file.set(data, 8 + padded);
  return file;
}
