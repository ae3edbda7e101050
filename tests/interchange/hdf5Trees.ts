/** Trees to be written as HDF5 files and read again. */
import { denseStride, type FileTensor } from '../../models/interchange/fileTensor.js';
import type { Hdf5Group } from '../../models/interchange/hdf5/tree.js';

type Numbers = Float32Array | Float64Array | Uint16Array | Uint8Array | BigInt64Array;

export const dataset = (type: string, shape: number[], numbers: Numbers): FileTensor => ({
  ...{ name: 'given', type, shape, stride: denseStride(shape), offset: 0 },
  bytes: new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength),
});

export const group = (
  children: Readonly<Record<string, Hdf5Group | FileTensor>> = {},
  attributes: Readonly<Record<string, string | readonly string[]>> = {},
): Hdf5Group => ({
  children: new Map(Object.entries(children)),
  attributes: new Map(Object.entries(attributes)),
});

/** A group of so many numbers. */
export const numbered = (count: number): Hdf5Group =>
  group(
    Object.fromEntries(
      Array.from({ length: count }, (_, n) => [`n${n}`, dataset('F32', [], Float32Array.of(n))]),
    ),
  );

/** What Keras' files have, and what is easily lost. */
export const varied: Hdf5Group = group(
  {
    layers: group({
      lstm: group({
        cell: group({
          vars: group(
            {
              0: dataset('F32', [2, 3], Float32Array.of(1, -0, 1e-45, 3.4028234663852886e38, NaN, Infinity)),
              1: dataset('F64', [3], Float64Array.of(0.1, -0, 5e-324)),
            },
            { name: 'reader' },
          ),
        }),
      }),
      empty: group(),
    }),
    types: group({
      halves: dataset('F16', [2], Uint16Array.of(0x3c00, 0xc000)),
      brains: dataset('BF16', [2], Uint16Array.of(0x3f80, 0xc000)),
      bytes: dataset('U8', [3], Uint8Array.of(0, 127, 255)),
      longs: dataset('I64', [1, 1], BigInt64Array.of(-5n)),
      nothing: dataset('F32', [0, 3], new Float32Array(0)),
      scalar: dataset('I64', [], BigInt64Array.of(2n ** 62n)),
    }),
    ünïcode: group(),
  },
  {
    model_config: 'ä'.repeat(50_000),
    keras_version: '3.15.1',
    layer_names: ['lstm', 'ünïcode', ''],
    none: [],
    empty: '',
    ...Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`text${n}`, 'x'.repeat(n)])),
  },
);
