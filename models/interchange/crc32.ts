/** The checksum of a file in a zip. */

const POLYNOMIAL = 0xedb88320;

/** The checksum of each single byte. */
const TABLE = /* @__PURE__ */ Int32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = (rest >>> 1) ^ (rest & 1 ? POLYNOMIAL : 0);
  return rest;
});

/**
 * CRC-32 as in zip, gzip and PNG: an unsigned 32-bit number. Node has it only since 20.15.
 * @param before the checksum of the preceding bytes; 0 at the start
 */
export function crc32(bytes: Uint8Array, before = 0): number {
  let rest = ~before;
  for (let n = 0; n < bytes.length; n++) rest = TABLE[(rest ^ bytes[n]!) & 255]! ^ (rest >>> 8);
  return ~rest >>> 0;
}
