/** Attributes as they are written. A text of any length lies in a heap of the file, a list of texts within. */
import { InputError } from '../../../engine/index.js';
import { pack } from '../littleEndian.js';
import { fixedText, VARIABLE_TEXT } from './datatypes.js';
import { ceil8, dataspace, encodeText, padded, type Parts } from './pieces.js';

/** What a message has room for, in multiples of 8. */
const MOST = 65_528;
/** A heap has no less. */
const LEAST_HEAP = 4096;
const HEAD = 16;

/** Puts a text in a heap. @returns its length, and where it is */
export type KeepText = (text: string) => Uint8Array;

/** The heaps of a file; the next begins where one is full. */
export function createHeap({ put }: Parts): KeepText {
  let heap = new Uint8Array(0);
  let [at, used, count] = [0, 0, 0];
  return (text) => {
    const bytes = encodeText(text);
    const size = HEAD + ceil8(bytes.length);
    if (used + size > heap.length) {
      heap = new Uint8Array(Math.max(LEAST_HEAP, HEAD + size));
      heap.set(pack(encodeText('GCOL'), [4, 1], [8, heap.length]));
      [at, used, count] = [put(heap), HEAD, 0];
    }
    heap.set(pack([8, ++count], [8, bytes.length], bytes), used);
    used += size;
    // Object 0 is what is free.
    if (used < heap.length) heap.set(pack([8, 0], [8, heap.length - used]), used);
    return pack([4, bytes.length], [8, at], [4, count]);
  };
}

/**
 * The message of an attribute.
 * @throws InputError when it is larger than a message can be
 */
export function attribute(name: string, value: string | readonly string[], keep: KeepText): Uint8Array {
  const isText = typeof value === 'string';
  const texts = isText ? [] : value.map(encodeText);
  const longest = texts.reduce((most, { length }) => Math.max(most, length), 1);
  const type = isText ? VARIABLE_TEXT : fixedText(longest);
  const space = dataspace(isText ? [] : [texts.length]);
  const data = new Uint8Array(texts.length * longest);
  texts.forEach((text, n) => data.set(text, n * longest));
  const label = pack(encodeText(name), [1, 0]);
  const message = padded(
    pack(
      ...[[2, 1] as const, [2, label.length] as const, [2, type.length] as const, [2, space.length] as const],
      ...[padded(label), padded(type), padded(space), isText ? keep(value) : data],
    ),
  );
  if (message.length > MOST)
    throw new InputError(
      `the attribute ${name.slice(0, 80)} has ${data.length} bytes, and an HDF5 file has room for ${MOST}`,
    );
  return message;
}
