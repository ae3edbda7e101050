import { requireWhole, show } from '../../../engine/checks.js';

/**
 * The index, relative to `from`, of the largest of `length` entries; the first one on ties.
 * @throws TypeError or RangeError when there are no such entries
 */
export function argmax(data: ArrayLike<number>, from: number, length: number): number {
  const areWhole = Number.isInteger(from) && Number.isInteger(length) && from >= 0 && length >= 1;
  if (!areWhole || !(typeof data === 'object' && from + length <= data?.length))
    requireEntries(data, from, length);
  let best = 0;
  for (let n = 1; n < length; n++) if (data[from + n]! > data[from + best]!) best = n;
  return best;
}

function requireEntries(data: ArrayLike<number>, from: number, length: number): void {
  const isList = Array.isArray(data) || ArrayBuffer.isView(data);
  if (!isList) throw new TypeError(`argmax: data must be an array of numbers, not ${show(data)}`);
  requireWhole('argmax: from', from, 0, data.length - 1);
  requireWhole('argmax: length', length, 1, data.length - from);
}
