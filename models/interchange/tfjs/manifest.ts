/** The weights of a model of tfjs: groups of files, which are one after another, and the tensors in them. */
import { concatenate } from '../../weights/digest.js';
import { countOf, denseStride, TYPE_SIZES, type FileTensor } from '../fileTensor.js';
import { arrayOf, recordOf, shown, type JsonRecord } from '../record.js';
import type { Refuse } from '../refusal.js';

/** The types of weights, by their names in tfjs; those of quantized ones too. */
const TYPES: Readonly<Record<string, string>> = {
  ...{ float32: 'F32', int32: 'I32', bool: 'BOOL' },
  ...{ float16: 'F16', uint8: 'U8', uint16: 'U16' },
};

/** The numbers of a model. */
interface Manifest {
  readonly tensors: readonly FileTensor[];
  /** The files, in order. */
  readonly files: readonly Uint8Array[];
}

/** @throws InputError when a file is missing, or its length is another than its tensors need */
export function readManifest(
  manifest: unknown,
  files: ReadonlyMap<string, Uint8Array>,
  refuse: Refuse,
): Manifest {
  const used: Uint8Array[] = [];
  const tensors = arrayOf(manifest).flatMap((one) => {
    const { paths, weights } = recordOf(one);
    const parts = arrayOf(paths).map((path) => fileAt(path, files, refuse));
    used.push(...parts);
    const bytes = parts.length === 1 ? parts[0]! : concatenate(parts);
    const where = arrayOf(paths).map(String).join(', ');
    let end = 0;
    const read = arrayOf(weights).map((entry) => {
      const { tensor, length } = readEntry(recordOf(entry), bytes.subarray(end), where, refuse);
      end += length;
      return tensor;
    });
    if (end !== bytes.length)
      throw refuse(`damaged: ${where} should have ${end} bytes of numbers, not ${bytes.length}`);
    return read;
  });
  return { tensors, files: used };
}

/** Files are named as in model.json, or with the folder it is in. */
function fileAt(path: unknown, files: ReadonlyMap<string, Uint8Array>, refuse: Refuse): Uint8Array {
  const name = shown(path);
  const found = [...files].filter(([given]) => given === name || given.endsWith(`/${name}`));
  if (found.length === 1) return found[0]![1];
  const given = [...files.keys()].map(shown).join(', ') || 'no others';
  throw refuse(`its numbers are in ${name}, and given are ${given}: give model.json and its weights by name`);
}

function readEntry(entry: JsonRecord, bytes: Uint8Array, where: string, refuse: Refuse) {
  const { name, shape, quantization } = entry;
  const { dtype, scale, min } = { ...entry, ...recordOf(quantization) };
  if (typeof name !== 'string' || !areSizes(shape))
    throw refuse('damaged: its manifest has a tensor without name or shape');
  const type = Object.hasOwn(TYPES, String(dtype)) ? TYPES[String(dtype)]! : '';
  if (!type) throw refuse(`${name} is ${shown(dtype)}; known are ${Object.keys(TYPES).join(', ')}`);
  const length = countOf(shape) * TYPE_SIZES[type]!;
  if (!(length <= bytes.length))
    throw refuse(
      `truncated: ${name} [${shape.join(', ')}] needs ${length} bytes, and ${where} has ${bytes.length} left`,
    );
  const tensor = {
    name,
    type,
    shape,
    stride: denseStride(shape),
    offset: 0,
    bytes: bytes.subarray(0, length),
  };
  const isScaled = quantization !== undefined && type !== 'F16';
  return { tensor: isScaled ? scaled(tensor, scale, min, refuse) : tensor, length };
}

/** A quantized tensor, w = scale n + min, as float32. */
function scaled(tensor: FileTensor, scale: unknown, min: unknown, refuse: Refuse): FileTensor {
  const { name, type, bytes } = tensor;
  if (!Number.isFinite(scale) || !Number.isFinite(min) || (type !== 'U8' && type !== 'U16'))
    throw refuse(`damaged: ${name} is quantized, but not to uint8 or uint16 with scale and min`);
  const size = TYPE_SIZES[type]!;
  const [a, b] = [scale as number, min as number];
  const numbers = Float32Array.from({ length: bytes.length / size }, (_, n) => {
    const whole = size === 1 ? bytes[n]! : bytes[2 * n]! + 256 * bytes[2 * n + 1]!;
    return a * whole + b;
  });
  return { ...tensor, type: 'F32', bytes: new Uint8Array(numbers.buffer) };
}

const areSizes = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && (size as number) >= 0);
