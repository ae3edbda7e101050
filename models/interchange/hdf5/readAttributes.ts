/** Attributes as they are read: texts, and lists of texts. */
import { countOf } from '../fileTensor.js';
import { unpack, type Fields } from '../littleEndian.js';
import { TEXT, VARIABLE } from './datatypes.js';
import type { HdfFile } from './file.js';
import { shapeOf } from './messages.js';
import { ceil8 } from './pieces.js';

/** A text in a heap. */
type FindText = (length: number, heap: number, index: number, part: string) => string;

type Value = string | readonly string[];

/**
 * The name and the value of an attribute; undefined if it is of numbers.
 * @throws InputError when it is damaged
 */
export function readAttribute(
  file: HdfFile,
  message: Fields,
  find: FindText,
  path: string,
): [name: string, value: Value | undefined] {
  const part = `an attribute of ${path}`;
  const damaged = () => file.damaged(part);
  const [version, shared] = [message.number(1), message.number(1)];
  if (!(version >= 1 && version <= 3) || (version > 1 && shared)) throw damaged();
  const sizes = [message.number(2), message.number(2), message.number(2)];
  if (version === 3) message.take(1);
  const [label, type, space] = sizes.map((size) =>
    unpack(message.take(version === 1 ? ceil8(size) : size), damaged),
  ) as [Fields, Fields, Fields];
  const name = file.text(untilZero(label.take(label.left())), part);
  const shape = shapeOf(space, damaged);
  const count = shape ? countOf(shape) : 0;
  if (count === 0) return [name, []];
  const one = textReader(file, type, message, find, part);
  if (!one) return [name, undefined];
  if (shape!.length === 0) return [name, one()];
  if (!(count <= message.left())) throw damaged();
  return [name, Array.from({ length: count }, one)];
}

/** Reads the next text of a type; null if it is none of texts. */
function textReader(
  file: HdfFile,
  type: Fields,
  data: Fields,
  find: FindText,
  part: string,
): (() => string) | null {
  const [kind, bits] = [type.number(1) & 15, type.number(1) & 15];
  type.take(2);
  const size = type.number(4);
  if (kind === TEXT && size > 0) return () => file.text(untilZero(data.take(size)), part);
  if (kind === VARIABLE && bits === 1)
    return () => find(data.number(4), data.number(8), data.number(4), part);
  return null;
}

/** Finds texts in the heaps of a file, each of which is read once. */
export function createFinder(file: HdfFile): FindText {
  const heaps = new Map<number, ReadonlyMap<number, number>>();
  return (length, heap, index, part) => {
    if (length === 0) return '';
    const places = heaps.get(heap) ?? readHeap(file, heap, part);
    heaps.set(heap, places);
    const at = places.get(index);
    if (at === undefined) throw file.damaged(part);
    return file.text(untilZero(file.bytes(at, length, part)), part);
  };
}

/** Where each text of a heap begins, by its number. */
function readHeap(file: HdfFile, at: number, part: string): Map<number, number> {
  const head = file.fields(at, 16, part, 'GCOL');
  head.take(4);
  const size = head.number(8);
  const heap = file.fields(at + 16, size - 16, part);
  const places = new Map<number, number>();
  while (heap.left() >= 16) {
    const index = heap.number(2);
    heap.take(6);
    const length = heap.number(8);
    // Number 0 is what is free.
    if (index === 0) break;
    if (places.has(index)) throw file.damaged(part);
    places.set(index, at + size - heap.left());
    heap.take(ceil8(length));
  }
  return places;
}

/** Texts end with the first zero, or with their bytes. */
function untilZero(bytes: Uint8Array): Uint8Array {
  const end = bytes.indexOf(0);
  return end < 0 ? bytes : bytes.subarray(0, end);
}
