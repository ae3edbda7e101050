/** HDF5 files: those that h5py wrote (hdf5/make.py), trees to be written, and how they are compared. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { denseStride, type FileTensor } from '../../models/interchange/fileTensor.js';
import { isGroup, type Hdf5Group } from '../../models/interchange/hdf5/tree.js';

export const hdf5Path = (name: string) => join(process.cwd(), 'tests', 'interchange', 'hdf5', name);
const packed = (name: string) => gunzipSync(readFileSync(hdf5Path(`${name}.gz`)));

/** A file that h5py wrote, or that it has read. */
export const hdf5File = (name: string): Uint8Array => packed(`${name}.h5`);

/** What a group holds, to be compared: datasets as type, shape and bytes. */
export interface Described {
  readonly attributes: Readonly<Record<string, string | readonly string[]>>;
  readonly children: Readonly<Record<string, Described | readonly [string, readonly number[], string]>>;
}

/** What h5py reads in each file. */
export const readContents = () =>
  JSON.parse(packed('contents.json').toString()) as Readonly<Record<string, Described>>;

export const describeTree = ({ attributes, children }: Hdf5Group): Described => ({
  attributes: Object.fromEntries(attributes),
  children: Object.fromEntries(
    [...children].map(([name, child]) => [
      name,
      isGroup(child)
        ? describeTree(child)
        : [child.type, child.shape, Buffer.from(child.bytes).toString('hex')],
    ]),
  ),
});

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
              0: dataset('F32', [2, 3], Float32Array.of(1, -0, 1e-45, 3.4028234663852886e38, 2, Infinity)),
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
      bytes: dataset('U8', [3], Uint8Array.of(0, 127, 255)),
      longs: dataset('I64', [1, 1], BigInt64Array.of(-5n)),
      nothing: dataset('F32', [0, 3], new Float32Array(0)),
      scalar: dataset('I64', [], BigInt64Array.of(2n ** 62n)),
    }),
    many: numbered(300),
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
