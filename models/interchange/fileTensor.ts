/** Tensors as they lie in files: bytes, a type, and a view of them. Only what is needed is converted. */
import { tensor, type FloatArray, type Tensor } from '../../engine/index.js';
import type { Refuse } from './refusal.js';

/** Bytes of a number, by the names that safetensors has for the types. */
export const TYPE_SIZES: Readonly<Record<string, number>> = {
  ...{ BOOL: 1, U8: 1, I8: 1, F8_E5M2: 1, F8_E4M3: 1, F8_E8M0: 1 },
  ...{ U16: 2, I16: 2, F16: 2, BF16: 2, U32: 4, I32: 4, F32: 4, U64: 8, I64: 8, F64: 8, C64: 8 },
};

/** A tensor of a file. */
export interface FileTensor {
  readonly name: string;
  /** One of TYPE_SIZES. */
  readonly type: string;
  readonly shape: readonly number[];
  /** How many numbers apart the entries of each dimension are. */
  readonly stride: readonly number[];
  /** The number at which it begins. */
  readonly offset: number;
  /** The numbers, little-endian, perhaps with those of other tensors. */
  readonly bytes: Uint8Array;
}

/** The strides of a dense tensor, row by row. */
export function denseStride(shape: readonly number[]): number[] {
  const stride: number[] = [];
  let next = 1;
  for (const size of [...shape].reverse()) {
    stride.unshift(next);
    next *= size;
  }
  return stride;
}

/** The number of entries; NaN if there are too many to count. */
export function countOf(shape: readonly number[]): number {
  const count = shape.reduce((product, size) => product * size, 1);
  return Number.isSafeInteger(count) ? count : NaN;
}

/** How many numbers its bytes must have. */
export const reachOf = ({ shape, stride, offset }: Omit<FileTensor, 'bytes'>): number =>
  shape.includes(0) ? offset : shape.reduce((end, size, d) => end + (size - 1) * stride[d]!, offset + 1);

/** The numbers of a dense tensor, as bytes: a view. */
export function bytesOf({ data, offset, size }: Tensor): Uint8Array {
  const numbers = data.subarray(offset, offset + size);
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

/**
 * The tensor in the numbers of a model, dense; without a copy where it can be. Nothing is rounded.
 * @throws InputError when its type is none of real numbers, or float32 cannot hold its numbers
 */
export function numbersOf(t: FileTensor, like: FloatArray, refuse: Refuse): Tensor {
  const start = t.bytes.byteOffset + t.offset * TYPE_SIZES[t.type]!;
  const given = realsOf(t, start, reachOf(t) - t.offset, refuse);
  const count = countOf(t.shape);
  const isDense = String(t.stride) === String(denseStride(t.shape));
  const own = like instanceof Float64Array ? Float64Array : Float32Array;
  if (isDense && given instanceof own) return tensor(given, ...t.shape);
  const data = new own(count);
  for (let n = 0; n < count; n++) {
    const value = given[isDense ? n : placeOf(t, n)]!;
    data[n] = value;
    if (data[n] !== value && !Number.isNaN(value))
      throw refuse(
        `${t.name} is F64 and has numbers that float32 does not hold, such as ${value}; save it as float32, or use float64 kernels`,
      );
  }
  return tensor(data, ...t.shape);
}

/** Where entry n is, counted from the first. */
function placeOf({ shape, stride }: FileTensor, n: number): number {
  let [at, rest] = [0, n];
  for (let d = shape.length - 1; d >= 0; d--) {
    at += (rest % shape[d]!) * stride[d]!;
    rest = Math.floor(rest / shape[d]!);
  }
  return at;
}

function realsOf(
  { name, type, bytes }: FileTensor,
  start: number,
  count: number,
  refuse: Refuse,
): FloatArray {
  const take = <A>(
    make: new (buffer: ArrayBufferLike, offset: number, length: number) => A,
    size: number,
  ): A => {
    if (start % size === 0) return new make(bytes.buffer, start, count);
    const from = start - bytes.byteOffset;
    return new make(Uint8Array.prototype.slice.call(bytes, from, from + count * size).buffer, 0, count);
  };
  if (type === 'F32') return take(Float32Array, 4);
  if (type === 'F64') return take(Float64Array, 8);
  if (type === 'BF16') return fromBits(take(Uint16Array, 2), (bits) => bits * 2 ** 16);
  if (type === 'F16') return fromBits(take(Uint16Array, 2), float32Bits);
  throw refuse(`${name} is ${type}; weights are F32, F64, F16 or BF16`);
}

function fromBits(halves: Uint16Array, widen: (bits: number) => number): Float32Array {
  const bits = new Uint32Array(halves.length);
  // Uint32Array.from with a function takes ten times as long.
  for (let n = 0; n < bits.length; n++) bits[n] = widen(halves[n]!);
  return new Float32Array(bits.buffer);
}

/** The float32 of a float16: sign, 5 bits of exponent, 10 of fraction. */
function float32Bits(half: number): number {
  const [sign, exponent, fraction] = [half >>> 15, (half >>> 10) & 31, half & 1023];
  if (exponent === 31) return sign * 2 ** 31 + 255 * 2 ** 23 + fraction * 2 ** 13;
  if (exponent > 0) return sign * 2 ** 31 + (exponent + 112) * 2 ** 23 + fraction * 2 ** 13;
  if (fraction === 0) return sign * 2 ** 31;
  // Without a leading 1: float32 has one. The highest bit of the fraction becomes it.
  const shift = Math.clz32(fraction) - 21;
  return sign * 2 ** 31 + (113 - shift) * 2 ** 23 + ((fraction << shift) & 1023) * 2 ** 13;
}
