/** HDF5 files as they are written here. */
import { describe, expect, it } from '@jest/globals';
import { InputError } from '../../engine/index.js';
import { writeHdf5 } from '../../models/interchange/hdf5/write.js';
import { dataset, group, numbered, varied } from './hdf5Trees.js';

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
      /^writeHdf5: given must be dense, of I8, U8, I16, U16, I32, U32, I64, U64, F16, BF16, F32, F64$/,
    );
  });
});
