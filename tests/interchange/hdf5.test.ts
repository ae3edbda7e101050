/** HDF5 files that h5py wrote are read, and those that are written here are read by it. */
import { describe, expect, it } from '@jest/globals';
import { InputError } from '../../engine/index.js';
import type { FileTensor } from '../../models/interchange/fileTensor.js';
import type { Hdf5Group } from '../../models/interchange/hdf5/tree.js';
import { writeHdf5 } from '../../models/interchange/hdf5/write.js';
import { readHdf5 } from '../../models/interchange/hdf5/read.js';
import { refusing } from '../../models/interchange/refusal.js';
import { dataset, describeTree, group, hdf5File, numbered, readContents, varied } from './hdf5Trees.js';

const contents = readContents();
const read = (bytes: Uint8Array, source = 'it') => readHdf5(bytes, refusing(source));

it.each(Object.keys(contents))('%s.h5 holds here what it holds for h5py', (name) => {
  expect(describeTree(read(hdf5File(name)))).toEqual(contents[name]);
});

it('what is written holds for h5py what it should', () => {
  expect(contents.ours).toEqual(describeTree(varied));
  expect(Buffer.compare(writeHdf5(varied), hdf5File('ours'))).toBe(0);
});

it.each([0, 1, 8, 9, 256, 257, 10_000])('%d names of a group come back in their order', (count) => {
  const tree = group({ many: numbered(count) });
  const again = read(writeHdf5(tree));
  expect(describeTree(again)).toEqual(describeTree(tree));
  const names = [...(again.children.get('many') as Hdf5Group).children.keys()];
  expect(names).toEqual([...names].sort());
});

it('numbers are views of the file, and know where they are', () => {
  const bytes = hdf5File('weights');
  const [layers] = read(bytes).children.values();
  const kernel = ['lstm', 'cell', 'vars', '0'].reduce<Hdf5Group | FileTensor>(
    (at, name) => (at as Hdf5Group).children.get(name)!,
    layers!,
  ) as FileTensor;
  expect(kernel.name).toBe('layers/lstm/cell/vars/0');
  expect(kernel.bytes.buffer).toBe(bytes.buffer);
});

describe('what Keras never writes is refused by its name', () => {
  const later = "is of a later version of HDF5, as libver='latest' and track_order=True write it";
  const types = 'known are I8, U8, I16, U16, I32, U32, I64, U64, F16, F32, F64';
  const wanted = 'save it in one piece and not compressed, as Keras does';

  it.each([
    ['latest', `the file ${later}; save it without, as Keras does`],
    ['ordered', `box ${later}; save it without, as Keras does`],
    ['chunked', `0 is in chunks, or of another version of HDF5; ${wanted}`],
    ['compressed', `0 is compressed; ${wanted}`],
    ['bigEndian', '0 is F32, but big-endian; little-endian can be read'],
    ['booleans', `0 has numbers of an unknown type; ${types}`],
    ['compound', `0 has numbers of an unknown type; ${types}`],
    ['linked', '1 is a link to another name; Keras writes none'],
    ['twice', '1 has two names in the file, or is within itself'],
    ['endless', 'box/box has two names in the file, or is within itself'],
  ])('%s.h5', (name, message) => {
    expect(() => read(hdf5File(name), `${name}.h5`)).toThrow(new InputError(`${name}.h5: ${message}`));
  });
});

it('the same tree gives the same bytes', () => {
  expect(Buffer.compare(writeHdf5(varied), writeHdf5(varied))).toBe(0);
});

describe('what a file cannot have is refused', () => {
  it.each([
    ['a/b', '"a/b" cannot be a name in an HDF5 file'],
    ['', '"" cannot be a name in an HDF5 file'],
    ['.', '"." cannot be a name in an HDF5 file'],
    ['a\0b', '"a\\u0000b" has a zero in it'],
  ])('the name %j', (name, message) => {
    expect(() => writeHdf5(group({ [name]: numbered(1) }))).toThrow(new InputError(message));
  });

  it('a list of more than 64 KB', () => {
    const names = Array.from({ length: 700 }, () => 'x'.repeat(100));
    expect(() => writeHdf5(group({}, { names }))).toThrow(
      new InputError('the attribute names has 70000 bytes, and an HDF5 file has room for 65528'),
    );
  });

  it.each([
    ['views', { ...dataset('F32', [2, 2], new Float32Array(4)), stride: [1, 2] }],
    ['parts', dataset('F32', [2], new Float32Array(4))],
    ['flags', dataset('BOOL', [2], new Uint8Array(2))],
  ])('%s', (_, child) => {
    expect(() => writeHdf5(group({ child }))).toThrow(
      /^writeHdf5: given must be dense, of I8, U8, I16, U16, I32, U32, I64, U64, F16, F32, F64$/,
    );
  });
});
