/** Datasets: numbers in one piece, somewhere in the file or in their own header. */
import { countOf, denseStride, TYPE_SIZES, type FileTensor } from '../fileTensor.js';
import type { Fields } from '../littleEndian.js';
import { NUMBERS, OPAQUE } from './datatypes.js';
import type { HdfFile } from './file.js';
import { DATASPACE, DATATYPE, FILTERS, LAYOUT, shapeOf } from './messages.js';

const [COMPACT, CONTIGUOUS] = [0, 1];
/** What Keras writes, for what is refused. */
const WANTED = 'save it in one piece and not compressed, as Keras does';

/**
 * The dataset that these messages describe, by their types.
 * @param isBfloat16 whether an attribute says so: HDF5 has no name for that type
 * @throws InputError when it is damaged, or has what Keras never writes
 */
export function readDataset(
  file: HdfFile,
  messages: ReadonlyMap<number, Fields>,
  isBfloat16: boolean,
  path: string,
): FileTensor {
  const part = `the header of ${path}`;
  const message = (type: number): Fields => {
    const found = messages.get(type);
    if (!found) throw file.damaged(part);
    return found;
  };
  if (messages.has(FILTERS)) throw file.refuse(`${path} is compressed; ${WANTED}`);
  const bytes = readNumbers(file, message(LAYOUT), path);
  const shape = shapeOf(message(DATASPACE), () => file.damaged(part)) ?? [0];
  const type = readType(file, message(DATATYPE), isBfloat16, path);
  if (countOf(shape) * TYPE_SIZES[type]! !== bytes.length)
    throw file.refuse(`damaged: ${path} is ${type} [${shape.join(', ')}], but has ${bytes.length} bytes`);
  return { name: path, type, shape, stride: denseStride(shape), offset: 0, bytes };
}

function readNumbers(file: HdfFile, layout: Fields, path: string): Uint8Array {
  const [version, kind] = [layout.number(1), layout.number(1)];
  if (version !== 3 || (kind !== COMPACT && kind !== CONTIGUOUS))
    throw file.refuse(`${path} is in chunks, or of another version of HDF5; ${WANTED}`);
  if (kind === COMPACT) return layout.take(layout.number(2));
  const [at, length] = [layout.number(8), layout.number(8)];
  // What is empty is nowhere.
  return length === 0 ? new Uint8Array(0) : file.bytes(at, length, `the numbers of ${path}`);
}

function readType(file: HdfFile, message: Fields, isBfloat16: boolean, path: string): string {
  const bytes = message.take(message.left());
  if (isBfloat16 && (bytes[0]! & 15) === OPAQUE && bytes[4] === 2) return 'BF16';
  // All bits but those of the version of the message, and that of the order of bytes.
  const isLike = (own: Uint8Array) =>
    own.every((byte, n) => byte === (n === 0 ? (bytes[0]! & 15) | 16 : n === 1 ? bytes[1]! & 254 : bytes[n]));
  const found = [...NUMBERS].find(([, own]) => isLike(own))?.[0];
  const known = [...NUMBERS.keys()].join(', ');
  if (found === undefined) throw file.refuse(`${path} has numbers of an unknown type; known are ${known}`);
  if (bytes[1]! & 1) throw file.refuse(`${path} is ${found}, but big-endian; little-endian can be read`);
  return found;
}
