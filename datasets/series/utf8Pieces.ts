/** A stream of text in any usual encoding as UTF-8, without a byte order mark. */
import { encodingOf } from '../decode.js';
import { concat } from './bytes.js';

/** How many bytes tell the encoding. */
const LOOKED = 1000;

/** Pieces of UTF-8 and of Latin-1 are passed on as they are: what tables are read for is ASCII. */
export async function* utf8Pieces(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const first: Uint8Array[] = [];
  let size = 0;
  let convert: ((piece: Uint8Array) => Uint8Array) | null = null;
  for await (const piece of pieces) {
    if (convert) {
      yield convert(piece);
      continue;
    }
    first.push(piece.slice());
    size += piece.length;
    if (size < LOOKED) continue;
    const start = concat(first);
    convert = converterOf(start.subarray(0, LOOKED));
    yield withoutMark(convert(start));
  }
  if (!convert) {
    const start = concat(first);
    yield withoutMark(converterOf(start)(start));
  }
}

function converterOf(start: Uint8Array): (piece: Uint8Array) => Uint8Array {
  const encoding = encodingOf(start);
  if (!encoding.startsWith('UTF-16')) return (piece) => piece;
  const decoder = new TextDecoder(encoding.toLowerCase().replace(' ', ''));
  const encoder = new TextEncoder();
  return (piece) => encoder.encode(decoder.decode(piece, { stream: true }));
}

const withoutMark = (bytes: Uint8Array) =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
