/** A text in one of the encodings. */
import type { Encoding } from '../../datasets/index.js';

/** What Windows-1252 has at 0x80 to 0x9f and tests use. */
const WINDOWS: Readonly<Record<string, number>> = {
  '\u2018': 0x91,
  '\u2019': 0x92,
  '\u201c': 0x93,
  '\u201d': 0x94,
  '\u2013': 0x96,
};

/** @param marked whether it begins with a byte order mark */
export function inEncoding(text: string, encoding: Encoding, marked = false): Uint8Array {
  const all = (marked ? '\ufeff' : '') + text;
  if (encoding === 'UTF-8') return new TextEncoder().encode(all);
  if (encoding === 'Latin-1') return Uint8Array.from(text, (one) => WINDOWS[one] ?? one.charCodeAt(0));
  const bytes = new Uint8Array(2 * all.length);
  const view = new DataView(bytes.buffer);
  for (let n = 0; n < all.length; n++) view.setUint16(2 * n, all.charCodeAt(n), encoding === 'UTF-16 LE');
  return bytes;
}
