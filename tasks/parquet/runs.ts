/** The runs in a page: equal numbers, or numbers side by side in as many bits as each needs. */

/**
 * @param width of each number, in bits
 * @param count the numbers that there should be
 * @returns the sum of the numbers if they have one bit
 * @throws Error when there are fewer, or a run has more than are left; the last may be filled up to eight
 */
export function requireRuns(bytes: Uint8Array, width: number, count: number): number {
  let [at, seen, sum] = [0, 0, 0];
  while (seen < count) {
    let header = 0;
    for (let shift = 0; ; shift += 7) {
      if (at >= bytes.length || shift > 28) throw new Error('a page ends too early');
      header += (bytes[at]! & 127) * 2 ** shift;
      if (bytes[at++]! < 128) break;
    }
    const length = Math.floor(header / 2);
    const isPacked = header % 2 === 1;
    const numbers = isPacked ? 8 * length : length;
    if (numbers > count - seen + (isPacked ? 7 : 0) || width > 32)
      throw new Error(`a run of ${numbers} values, where ${count - seen} are left`);
    if (width === 1)
      sum += isPacked ? bitsOf(bytes, at, Math.min(numbers, count - seen)) : length * bytes[at]!;
    at += isPacked ? length * width : Math.ceil(width / 8);
    seen += numbers;
  }
  return sum;
}

/** How many of the bits are set. */
function bitsOf(bytes: Uint8Array, at: number, count: number): number {
  let set = 0;
  for (let n = 0; n < count; n++) set += (bytes[at + (n >> 3)]! >> (n & 7)) & 1;
  return set;
}
