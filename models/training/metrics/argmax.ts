/** Which of `length` entries from `from` on is the largest; of equal ones the first. */
export function argmax(data: ArrayLike<number>, from: number, length: number): number {
  let best = 0;
  for (let n = 1; n < length; n++) if (data[from + n]! > data[from + best]!) best = n;
  return best;
}
