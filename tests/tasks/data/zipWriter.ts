/** Writes zips for tests: stored or deflated, with any false values that a test needs. */
import { deflateRawSync } from 'node:zlib';
import { crc32 } from '../../../models/interchange/crc32.js';

export interface Entry {
  name: string;
  content: Uint8Array | string;
  stored?: boolean;
  /** False values to write instead of the true ones. */
  size?: number;
  checksum?: number;
  method?: number;
  flags?: number;
  offset?: number;
  extra?: Uint8Array;
}

/** A zip of these entries. */
export function zipOf(entries: readonly Entry[], comment = ''): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const content = Buffer.from(entry.content);
    const packed = entry.stored ? content : deflateRawSync(content);
    const name = Buffer.from(entry.name);
    const common = numbers(
      [2, 20], // version needed
      [2, entry.flags ?? 0],
      [2, entry.method ?? (entry.stored ? 0 : 8)],
      [4, 0], // date
      [4, entry.checksum ?? crc32(content)],
      [4, packed.length],
      [4, entry.size ?? content.length],
      [2, name.length],
    );
    const file = Buffer.concat([numbers([4, 0x04034b50]), common, numbers([2, 0]), name, packed]);
    const extra = Buffer.from(entry.extra ?? []);
    const place = numbers([2, extra.length], [2, 0], [2, 0], [2, 0], [4, 0], [4, entry.offset ?? offset]);
    directory.push(numbers([4, 0x02014b50], [2, 20]), common, place, name, extra);
    files.push(file);
    offset += file.length;
  }
  const list = Buffer.concat(directory);
  const count = entries.length;
  const end = numbers([4, 0x06054b50], [4, 0], [2, count], [2, count], [4, list.length], [4, offset]);
  return Buffer.concat([...files, list, end, numbers([2, comment.length]), Buffer.from(comment)]);
}

/** Little-endian numbers, each with its number of bytes. */
export function numbers(...list: readonly (readonly [bytes: number, value: number])[]): Buffer {
  return Buffer.concat(
    list.map(([bytes, value]) => {
      const buffer = Buffer.alloc(bytes);
      if (bytes === 8) buffer.writeBigUInt64LE(BigInt(value));
      else buffer.writeUIntLE(value, 0, bytes);
      return buffer;
    }),
  );
}

/** The zip64 end record, before the ordinary one: entries and the position of their list, up to 2^64. */
export function zip64End(at: number, count: number, offset: number): Buffer {
  return Buffer.concat([
    numbers([4, 0x06064b50], [8, 44], [2, 45], [2, 45], [4, 0], [4, 0]),
    numbers([8, count], [8, count], [8, 0], [8, offset]),
    numbers([4, 0x07064b50], [4, 0], [8, at], [4, 1]),
  ]);
}
