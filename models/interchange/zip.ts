/**
 * Reads zips by their central directory (PKWARE, APPNOTE.TXT 4.3), which is at the end: what other programs
 * save models in. Sizes in a file are not believed, and every checksum is compared.
 */
import { crc32 } from './crc32.js';
import type { Refuse } from './refusal.js';

interface Entry {
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  /** Where its own header begins. */
  readonly at: number;
}

/** A zip of which entries can be read. */
export interface Zip {
  readonly names: readonly string[];
  /** Bytes of all of it. */
  readonly size: number;
  /** @throws InputError when there is no such entry, or it is damaged */
  read(name: string): Promise<Uint8Array>;
}

const [END, DIRECTORY, LOCAL] = [0x06054b50, 0x02014b50, 0x04034b50];
const MOST_COMMENT = 65535;
const [STORED, DEFLATED] = [0, 8];
const LEAST_BUDGET = 2 ** 20;

/** @throws InputError when its directory is missing or damaged */
export function openZip(bytes: Uint8Array, refuse: Refuse): Zip {
  const entries = readDirectory(bytes, refuse);
  // All entries together may not inflate to more than four times the file, or a megabyte: HDF5 files of small
  // models are mostly zeros.
  let budget = Math.max(4 * bytes.length, LEAST_BUDGET);
  async function read(name: string): Promise<Uint8Array> {
    const entry = entries.get(name);
    if (!entry) throw refuse(`${name} is missing in the zip`);
    const data = packedData(bytes, name, entry, refuse);
    if (entry.method === DEFLATED && (budget -= entry.size) < 0)
      throw refuse(`${name} would inflate the zip to more than four times its size`);
    const content = entry.method === STORED ? data : await inflate(data, entry.size);
    if (!content || content.length !== entry.size || crc32(content) !== entry.crc)
      throw refuse(`damaged: the checksum of ${name} in the zip does not match`);
    return content;
  }
  return { names: [...entries.keys()], size: bytes.length, read };
}

function readDirectory(bytes: Uint8Array, refuse: Refuse): Map<string, Entry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const least = Math.max(0, bytes.length - 22 - MOST_COMMENT);
  let end = bytes.length - 22;
  while (end >= least && view.getUint32(end, true) !== END) end--;
  if (end < least) throw refuse('truncated: the directory of the zip is missing');
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  const entries = new Map<string, Entry>();
  for (let n = 0; n < count; n++) {
    if (at + 46 > end || view.getUint32(at, true) !== DIRECTORY)
      throw refuse('damaged: the directory of the zip cannot be read; zips of more than 4 GB cannot, either');
    const [nameLength, extra, comment] = [28, 30, 32].map((field) => view.getUint16(at + field, true)) as [
      number,
      number,
      number,
    ];
    const name = new TextDecoder().decode(bytes.subarray(at + 46, Math.min(at + 46 + nameLength, end)));
    if (entries.has(name)) throw refuse(`damaged: the zip has ${name} twice`);
    if (view.getUint16(at + 8, true) & 1) throw refuse(`${name} is encrypted`);
    const [crc, packed, size, local] = [16, 20, 24, 42].map((field) => view.getUint32(at + field, true)) as [
      number,
      number,
      number,
      number,
    ];
    entries.set(name, { method: view.getUint16(at + 10, true), crc, packed, size, at: local });
    at += 46 + nameLength + extra + comment;
  }
  return entries;
}

function packedData(
  bytes: Uint8Array,
  name: string,
  { at, packed, size, method }: Entry,
  refuse: Refuse,
): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (at + 30 > bytes.length || view.getUint32(at, true) !== LOCAL)
    throw refuse(`damaged: ${name} is not where the zip's directory says`);
  if (method !== STORED && method !== DEFLATED)
    throw refuse(`${name} is packed by method ${method}; stored and deflated can be read`);
  const from = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  if (from + packed > bytes.length || (method === STORED && packed !== size))
    throw refuse(`damaged: the size of ${name} in the zip is wrong`);
  return bytes.subarray(from, from + packed);
}

/** Inflates to `size` bytes; null where it is damaged or there are more. */
async function inflate(data: Uint8Array, size: number): Promise<Uint8Array | null> {
  const stream = new DecompressionStream('deflate-raw');
  const writer = stream.writable.getWriter();
  const written = writer.write(data.slice()).then(() => writer.close());
  // What is wrong comes to the reader as well.
  written.catch(() => {});
  const reader = stream.readable.getReader();
  const content = new Uint8Array(size);
  let end = 0;
  try {
    for (;;) {
      const { done, value } = (await reader.read()) as { done: boolean; value: Uint8Array };
      if (done) return end === size ? content : null;
      if (end + value.length > size) break;
      content.set(value, end);
      end += value.length;
    }
    await reader.cancel();
  } catch {
    // Damaged.
  }
  return null;
}
