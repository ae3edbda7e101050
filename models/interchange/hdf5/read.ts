/**
 * Reads HDF5 files (The HDF Group, File Format Specification 3.0) as h5py writes those of Keras: superblock 0,
 * the names of a group in a B-tree, each dataset in one piece. Everything else is refused by its name.
 */
import type { FileTensor } from '../fileTensor.js';
import type { Fields } from '../littleEndian.js';
import type { Refuse } from '../refusal.js';
import { createFile, type HdfFile } from './file.js';
import { ATTRIBUTE, later, messagesOf, TABLE } from './messages.js';
import { createFinder, readAttribute } from './readAttributes.js';
import { readDataset } from './readDataset.js';
import { readNames } from './readNames.js';
import { isGroup, type Hdf5Group } from './tree.js';

const SIGNATURE = '\x89HDF\r\n\x1a\n';
const [VERSION, ADDRESS_BYTES] = [0, 8];
const MOST_DEPTH = 200;

/**
 * The tree in a file; the numbers of datasets are views of its bytes. Attributes of numbers are left out.
 * @throws InputError when it is damaged, truncated, or has what Keras never writes
 */
export function readHdf5(bytes: Uint8Array, refuse: Refuse): Hdf5Group {
  const file = createFile(bytes, refuse);
  if (bytes.length < 96) throw refuse('truncated: its beginning is incomplete');
  const head = file.fields(0, 96, 'its beginning', SIGNATURE);
  if (head.number(1) !== VERSION) throw refuse(later('the file'));
  head.take(4);
  if (head.number(1) !== ADDRESS_BYTES || head.number(1) !== ADDRESS_BYTES)
    throw file.damaged('its beginning');
  // Nodes of the trees say themselves how many entries they have.
  head.take(9);
  const origin = head.number(8);
  head.take(8);
  const end = head.number(8);
  if (origin !== 0) throw file.damaged('its beginning');
  if (end > bytes.length) throw refuse(`truncated: ${end} bytes expected, ${bytes.length} found`);
  head.take(16);
  const root = createReader(file)(head.number(8), '/', 0);
  if (!isGroup(root)) throw file.damaged('the header of /');
  return root;
}

type ReadObject = (at: number, path: string, depth: number) => Hdf5Group | FileTensor;

function createReader(file: HdfFile): ReadObject {
  const find = createFinder(file);
  const read: ReadObject = (at, path, depth) => {
    if (depth > MOST_DEPTH) throw file.refuse(`it has groups in groups, more than ${MOST_DEPTH} deep`);
    const attributes = new Map<string, string | readonly string[]>();
    const messages = new Map<number, Fields>();
    for (const { type, content } of messagesOf(file, at, path)) {
      messages.set(type, content);
      if (type !== ATTRIBUTE) continue;
      const [name, value] = readAttribute(file, content, find, path);
      if (value !== undefined) attributes.set(name, value);
    }
    const table = messages.get(TABLE);
    if (!table) return readDataset(file, messages, attributes.get('dtype') === 'bfloat16', path);
    const children = new Map<string, Hdf5Group | FileTensor>();
    for (const [name, where] of readNames(file, { tree: table.number(8), heap: table.number(8) }, path))
      children.set(name, read(where, path === '/' ? name : `${path}/${name}`, depth + 1));
    return { attributes, children };
  };
  return read;
}
