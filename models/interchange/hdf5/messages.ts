/** The header of an object: messages that say what it is. */
import { unpack, type Fields } from '../littleEndian.js';
import type { HdfFile } from './file.js';

/** Types of messages. */
export const [DATASPACE, LINKS, DATATYPE, LINK, LAYOUT, FILTERS] = [1, 2, 3, 6, 8, 11] as const;
export const [ATTRIBUTE, CONTINUATION, TABLE] = [12, 16, 17] as const;
const SHARED = 2;
/** How a header of version 2 begins: OHDR. */
const LATER = 0x4f;

/** A message of a header. */
export interface Message {
  readonly type: number;
  readonly content: Fields;
}

/**
 * The messages of a header, which may go on elsewhere in the file.
 * @throws InputError when it is damaged, or of a later version
 */
export function* messagesOf(file: HdfFile, at: number, path: string): Generator<Message> {
  file.once(at, path);
  const part = `the header of ${path}`;
  const head = file.fields(at, 16, part);
  const version = head.number(1);
  if (version === LATER) throw file.refuse(later(path));
  if (version !== 1) throw file.damaged(part);
  head.take(1);
  let left = head.number(2);
  head.take(4);
  const blocks: [at: number, length: number][] = [[at + 16, head.number(4)]];
  for (const [from, length] of blocks) {
    const fields = file.fields(from, length, part);
    for (; fields.left() > 0; left--) {
      const [type, size, flags] = [fields.number(2), fields.number(2), fields.number(1)];
      fields.take(3);
      const content = unpack(fields.take(size), () => file.damaged(part));
      if (left === 0) throw file.damaged(part);
      if (flags & SHARED) throw file.refuse(`${path} shares a part with others; Keras writes none`);
      if (type === LINKS || type === LINK) throw file.refuse(later(path));
      if (type === CONTINUATION) blocks.push([content.number(8), content.number(8)]);
      else yield { type, content };
    }
  }
  if (left !== 0) throw file.damaged(part);
}

/** Why what a later version of the format has is refused. */
export const later = (what: string) =>
  `${what} is of a later version of HDF5, as libver='latest' and track_order=True write it; ` +
  'save it without, as Keras does';

/**
 * The shape that a message says; of a single number it is []. Null: there are no numbers at all.
 * @throws InputError when it is damaged
 */
export function shapeOf(space: Fields, damaged: () => Error): number[] | null {
  const [version, rank] = [space.number(1), space.number(1)];
  const isNone = version === 2 && space.take(2)[1] === 2;
  if (version === 1) space.take(6);
  else if (version !== 2) throw damaged();
  const shape = Array.from({ length: rank }, () => space.number(8));
  if (!shape.every(Number.isSafeInteger)) throw damaged();
  return isNone ? null : shape;
}
