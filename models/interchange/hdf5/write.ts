/**
 * Writes HDF5 files (The HDF Group, File Format Specification 3.0) as h5py writes those of Keras:
 * superblock 0, the names of a group in a B-tree, each dataset in one piece.
 */
import { InputError } from '../../../engine/index.js';
import { concatenate } from '../../weights/digest.js';
import { countOf, denseStride, TYPE_SIZES, type FileTensor } from '../fileTensor.js';
import { pack } from '../littleEndian.js';
import { attribute, createHeap, type KeepText } from './attributes.js';
import { NUMBERS } from './datatypes.js';
import { entryOf, LEAF, NODE, writeNames, type Entry } from './names.js';
import { ceil8, dataspace, encodeText, NOWHERE, padded, type Parts } from './pieces.js';
import { isGroup, type Hdf5Group } from './tree.js';

const SUPERBLOCK = 96;
/** Messages of an object's header. */
export const [DATASPACE, DATATYPE, LAYOUT, ATTRIBUTE, TABLE] = [1, 3, 8, 12, 17] as const;

/**
 * The bytes of a file with this tree; the same tree gives the same bytes.
 * @throws InputError when a name cannot be one, or an attribute is too large: lists of texts have 64 KB
 */
export function writeHdf5(root: Hdf5Group): Uint8Array {
  const chunks: Uint8Array[] = [];
  let end = SUPERBLOCK;
  const parts: Parts = {
    end: () => end,
    put(part) {
      const at = end;
      end = ceil8(at + part.length);
      chunks.push(part, new Uint8Array(end - at - part.length));
      return at;
    },
  };
  const entry = writeGroup(root, new Uint8Array(0), parts, createHeap(parts));
  const head = pack(
    // The signature; versions; bytes of an address and of a length; half of what nodes have.
    ...[Uint8Array.of(0x89), encodeText('HDF\r\n\x1a\n'), [4, 0] as const, [1, 0] as const],
    ...[[1, 8] as const, [1, 8] as const, [1, 0] as const, [2, LEAF / 2] as const, [2, NODE / 2] as const],
    // No flags; addresses count from 0; nothing that is free; the end of the file; no driver.
    ...[[4, 0] as const, [8, 0] as const, NOWHERE, [8, end] as const, NOWHERE, entryOf(0, entry)],
  );
  return concatenate([head, ...chunks]);
}

function writeGroup(group: Hdf5Group, name: Uint8Array, parts: Parts, keep: KeepText): Entry {
  const entries = [...group.children].map(([text, child]): Entry => {
    if (!text || text === '.' || text.includes('/'))
      throw new InputError(`${JSON.stringify(text)} cannot be a name in an HDF5 file`);
    const own = encodeText(text);
    if (isGroup(child)) return writeGroup(child, own, parts, keep);
    return { name: own, at: writeDataset(child, parts), table: null };
  });
  const table = writeNames(entries, parts);
  const attributes = [...group.attributes].map(
    ([text, value]) => [ATTRIBUTE, attribute(text, value, keep)] as const,
  );
  const at = writeHeader([[TABLE, pack([8, table.tree], [8, table.heap])], ...attributes], parts);
  return { name, at, table };
}

function writeDataset({ name, type, shape, stride, offset, bytes }: FileTensor, parts: Parts): number {
  const datatype = NUMBERS.get(type);
  const length = countOf(shape) * TYPE_SIZES[type]!;
  if (!datatype || offset !== 0 || String(stride) !== String(denseStride(shape)) || length !== bytes.length)
    throw new TypeError(`writeHdf5: ${name} must be dense, of ${[...NUMBERS.keys()].join(', ')}`);
  const place = length > 0 ? ([8, parts.put(bytes)] as const) : NOWHERE;
  return writeHeader(
    [
      [DATASPACE, dataspace(shape)],
      [DATATYPE, datatype],
      // Version 3, in one piece.
      [LAYOUT, pack([1, 3], [1, 1], place, [8, length])],
    ],
    parts,
  );
}

/** @returns where it is */
function writeHeader(messages: readonly (readonly [type: number, Uint8Array])[], { put }: Parts): number {
  const all = messages.map(([type, content]) => {
    const body = padded(content);
    return pack([2, type], [2, body.length], [4, 0], body);
  });
  const body = concatenate(all);
  // Version 1, as many messages, referred to once.
  return put(pack([2, 1], [2, all.length], [4, 1], [8, body.length], body));
}
