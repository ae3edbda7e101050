/** The checksum that a zip keeps of each of its files. */

const POLYNOMIAL = 0xedb88320;

/** The checksum of each byte alone. */
const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = (rest >>> 1) ^ (rest & 1 ? POLYNOMIAL : 0);
  return rest;
});

/**
 * CRC-32 as in zip, gzip and PNG: a number of 32 bits without a sign. Node has it only from 20.15 on.
 * @param before the checksum of the bytes before these; 0 at the beginning
 */
export function crc32(bytes: Uint8Array, before = 0): number {
  let rest = ~before;
  for (let n = 0; n < bytes.length; n++) rest = TABLE[(rest ^ bytes[n]!) & 255]! ^ (rest >>> 8);
  return ~rest >>> 0;
}
