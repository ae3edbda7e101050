/** The constants of an ONNX file: where their numbers are, and whole numbers of them. */
import { concatenate } from '../../weights/digest.js';
import { countOf, denseStride, TYPE_SIZES, type FileTensor } from '../fileTensor.js';
import type { Refuse } from '../refusal.js';
import { DATA_TYPES, type TensorMessage } from './messages.js';
import { MOST_AXES } from './values.js';

/** Of sizes and places there are no more than axes. */
const MOST_WHOLE = MOST_AXES;
const EXTERNAL = 1;

/**
 * A constant as a tensor: a view of the file, or of the one that has its numbers.
 * @param others the files that it may refer to, by name
 * @throws InputError when its numbers are not as many as its shape says, or not there
 */
export function tensorOf(
  message: TensorMessage,
  name: string,
  others: ReadonlyMap<string, Uint8Array>,
  refuse: Refuse,
): FileTensor {
  const { dims: shape = [], dataType = 0 } = message;
  const type = DATA_TYPES[dataType];
  if (!type) throw refuse(`${name} has numbers of the type ${dataType} of ONNX, which are not known here`);
  if (message.segment) throw refuse(`${name} is one of several pieces, which is not known here`);
  if (shape.length > MOST_AXES) throw refuse(`${name} has ${shape.length} axes; ${MOST_AXES} can be read`);
  const count = shape.every((size) => Number.isSafeInteger(size) && size >= 0) ? countOf(shape) : NaN;
  const bytes = bytesOf(message, type, name, others, refuse);
  if (count * TYPE_SIZES[type]! !== bytes.length)
    throw refuse(`damaged: ${name} is ${type} [${shape.join(', ')}], but has ${bytes.length} bytes`);
  return { name, type, shape, stride: denseStride(shape), offset: 0, bytes };
}

function bytesOf(
  { dims, rawData, floatData, doubleData, int64Data, int32Data, ...message }: TensorMessage,
  type: string,
  name: string,
  others: ReadonlyMap<string, Uint8Array>,
  refuse: Refuse,
): Uint8Array {
  const places: Readonly<Record<string, Uint8Array | undefined>> = {
    'another file': message.dataLocation === EXTERNAL ? outside(message, name, others, refuse) : undefined,
    raw_data: rawData,
    float_data: type === 'F32' && floatData ? concatenated(floatData) : undefined,
    double_data: type === 'F64' && doubleData ? concatenated(doubleData) : undefined,
    int64_data: type === 'I64' && int64Data ? bytesOfBig(int64Data) : undefined,
    int32_data: type === 'I32' && int32Data ? new Uint8Array(Int32Array.from(int32Data).buffer) : undefined,
  };
  const given = Object.keys(places).filter((place) => places[place]);
  if (given.length > 1) throw refuse(`damaged: ${name} has its numbers twice, in ${given.join(' and ')}`);
  if (given.length === 1) return places[given[0]!]!;
  if (dims?.includes(0)) return new Uint8Array();
  throw refuse(`${name}, ${type}, has its numbers in no place that is known here, such as raw_data`);
}

const concatenated = (pieces: readonly Uint8Array[]) =>
  pieces.length === 1 ? pieces[0]! : concatenate(pieces);
const bytesOfBig = (values: readonly number[]) =>
  new Uint8Array(BigInt64Array.from(values, (value) => BigInt(value)).buffer);

/** Numbers in another file: PyTorch writes them so unless it is told otherwise. */
function outside(
  { externalData = [] }: TensorMessage,
  name: string,
  others: ReadonlyMap<string, Uint8Array>,
  refuse: Refuse,
): Uint8Array {
  const entries = new Map(externalData.map(({ key, value }) => [key, value]));
  const location = entries.get('location') ?? '';
  const file = others.get(location);
  if (!file)
    throw refuse(
      `${name} is in the file ${location.slice(0, 80)}, which was not given: pass both files by name in a Map, this one first, or export with external_data=False`,
    );
  const [offset, length] = ['offset', 'length'].map((key) => Number(entries.get(key) ?? NaN));
  const [from, to] = [offset! || 0, Number.isNaN(length) ? file.length : (offset! || 0) + length!];
  if (Number.isSafeInteger(from) && Number.isSafeInteger(to) && from >= 0 && from <= to && to <= file.length)
    return file.subarray(from, to);
  throw refuse(`damaged: ${name} is not within ${location.slice(0, 80)}`);
}

/** A constant of few whole numbers; null if it is something else. Beyond 2^53 they are rounded. */
export function wholeNumbersOf({ type, shape, bytes }: FileTensor): number[] | null {
  const count = countOf(shape);
  if ((type !== 'I64' && type !== 'I32') || shape.length > 1 || count > MOST_WHOLE) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from({ length: count }, (_, n) =>
    type === 'I32' ? view.getInt32(4 * n, true) : Number(view.getBigInt64(8 * n, true)),
  );
}

/** Whether all its bits are 0; -0 is not. */
export const isZero = ({ bytes }: FileTensor): boolean => bytes.every((byte) => byte === 0);
