/** The index, relative to `from`, of the largest of `length` entries; the first one on ties. */
export function argmax(data: ArrayLike<number>, from: number, length: number): number {
  let best = 0;
  for (let n = 1; n < length; n++) if (data[from + n]! > data[from + best]!) best = n;
  return best;
}
