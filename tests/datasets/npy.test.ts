import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { DataError, decodeNpy, encodeNpy } from '../../datasets/index.js';
import { readDamaged } from './damaged.js';

const ORIGINAL = '../shared/data/LD_250.npy';

/** A file with this header and this many bytes after it. */
function npy(header: string, bytes: number, version = 1): Uint8Array {
  const length = version === 1 ? 2 : 4;
  const file = new Uint8Array(8 + length + header.length + bytes);
  file.set(Buffer.from('\x93NUMPY', 'latin1'));
  file[6] = version;
  const view = new DataView(file.buffer);
  if (version === 1) view.setUint16(8, header.length, true);
  else view.setUint32(8, header.length, true);
  file.set(Buffer.from(header, 'latin1'), 8 + length);
  return file;
}

const header = (shape: string, descr = "'<f8'", order = 'False') =>
  `{'descr': ${descr}, 'fortran_order': ${order}, 'shape': ${shape}, }\n`;

describe('encodeNpy(values)', () => {
  it('writes what NumPy writes, byte for byte', () => {
    const text = "{'descr': '<f8', 'fortran_order': False, 'shape': (3,), }".padEnd(117) + '\n';
    const start = Buffer.from('\x93NUMPY\x01\x00\x76\x00' + text, 'latin1');
    const numbers = Buffer.from('000000000000f83f000000000000004000000000000008c0', 'hex');
    expect(Buffer.from(encodeNpy(Float64Array.of(1.5, 2, -3)))).toEqual(Buffer.concat([start, numbers]));
  });

  it.each([
    ['float64', Float64Array.of(0.1, -0, NaN, Infinity, 5e-324)],
    ['float32', Float32Array.of(0.1, -1e30)],
    ['no numbers', new Float64Array(0)],
  ])('can be read back: %s', (_, values) => {
    expect(decodeNpy(encodeNpy(values), 'x.npy')).toEqual(Float64Array.from(values));
  });
});

describe('decodeNpy(bytes, source)', () => {
  it.each([1, 2, 3])('reads version %i', (version) => {
    expect(decodeNpy(npy(header('(2,)'), 16, version), 'x.npy')).toEqual(Float64Array.of(0, 0));
  });

  it.each([
    ['one column', header('(2, 1)'), 16],
    ['integers in the style of Python 2', header('(2L,)'), 16],
    ['float32', header('(4,)', "'<f4'"), 16],
    ['the fields in another order', "{'shape': (2,), 'descr': '<f8', 'fortran_order': False}", 16],
  ])('reads %s', (_, text, bytes) => {
    const values = decodeNpy(npy(text, bytes), 'x.npy');
    expect([...values].every((value) => value === 0)).toBe(true);
    expect(values.length).toBeGreaterThan(1);
  });

  /** An array of these bytes, after its header. */
  const array = (text: string, hex: string) =>
    Uint8Array.of(...npy(text, 0), ...Buffer.from(hex.replaceAll(' ', ''), 'hex'));

  // The bytes are those that NumPy writes for [1, -2], or [1, 200] where there is no sign.
  it.each([
    ['<f8', '000000000000f03f 00000000000000c0', -2],
    ['>f8', '3ff0000000000000 c000000000000000', -2],
    ['<f4', '0000803f 000000c0', -2],
    ['>f4', '3f800000 c0000000', -2],
    ['<f2', '003c 00c0', -2],
    ['>f2', '3c00 c000', -2],
    ['<i8', '0100000000000000 feffffffffffffff', -2],
    ['>i8', '0000000000000001 fffffffffffffffe', -2],
    ['<i4', '01000000 feffffff', -2],
    ['>i4', '00000001 fffffffe', -2],
    ['<i2', '0100 feff', -2],
    ['|i1', '01 fe', -2],
    ['<u8', '0100000000000000 c800000000000000', 200],
    ['<u4', '01000000 c8000000', 200],
    ['>u4', '00000001 000000c8', 200],
    ['<u2', '0100 c800', 200],
    ['|u1', '01 c8', 200],
    ['|b1', '01 00', 0],
  ])('reads elements of type %s', (descr, hex, second) => {
    expect(decodeNpy(array(header('(2,)', `'${descr}'`), hex), 'x.npy')).toEqual(Float64Array.of(1, second));
  });

  it('reads the smallest, the largest and the special numbers of float16', () => {
    const values = decodeNpy(array(header('(6,)', "'<f2'"), '0100 ff7b 007c 00fc 007e 0080'), 'x.npy');
    expect(values).toEqual(Float64Array.of(2 ** -24, 65504, Infinity, -Infinity, NaN, -0));
  });

  it.each([
    ['C', 'False', '01 02 03 04 05 06', [1, 3, 5], [2, 4, 6]],
    ['Fortran', 'True', '01 02 03 04 05 06', [1, 2, 3], [4, 5, 6]],
  ])('reads the columns of an array in the order of %s', (_, order, hex, first, second) => {
    const file = array(header('(3, 2)', "'|u1'", order), hex);
    expect([...decodeNpy(file, 'x.npy', 0)]).toEqual(first);
    expect([...decodeNpy(file, 'x.npy', 1)]).toEqual(second);
    expect(() => decodeNpy(file, 'x.npy', 2)).toThrow(
      'x.npy: no column 2; it has 2; give a number from 0 to 1',
    );
  });

  it.each(['(2, 1)', '(1, 2)', '(1, 2, 1)'])('reads the one series of an array of shape %s', (shape) => {
    for (const order of ['False', 'True'])
      expect([...decodeNpy(array(header(shape, "'|u1'", order), '07 08'), 'x.npy')]).toEqual([7, 8]);
  });

  it('reads numbers at an odd offset of a larger buffer', () => {
    const file = encodeNpy(Float64Array.of(1, 2, 3));
    const larger = new Uint8Array(file.length + 3);
    larger.set(file, 3);
    expect(decodeNpy(larger.subarray(3), 'x.npy')).toEqual(Float64Array.of(1, 2, 3));
  });

  it.each([
    ['another file', Buffer.from('PK\x03\x04'), /not a \.npy file/],
    ['no bytes', new Uint8Array(0), /not a \.npy file/],
    ['a truncated beginning', npy('', 0).subarray(0, 9), /truncated/],
    ['a truncated header', npy(header('(2,)'), 0).subarray(0, 40), /truncated/],
    ['an unknown version', npy(header('(2,)'), 16, 9), /version 9/],
    ['a header of gigabytes', npy('', 0, 2).fill(0xff, 8), /header has 4294967295 bytes/],
    ['a header that is not a dictionary', npy('hello', 8), /cannot be read/],
    ['a header without a shape', npy("{'descr': '<f8', 'fortran_order': False}", 8), /cannot be read/],
    [
      'a field that occurs twice',
      npy(header('(1,)').replace('}', "'shape': (2,)}"), 8),
      /header cannot be read/,
    ],
    ['a program as header', npy('{"shape": __import__("os")}', 8), /cannot be read/],
    ['pickled objects', npy(header('(2,)', "'|O'"), 16), /type "\|O"/],
    ['complex numbers', npy(header('(2,)', "'<c16'"), 32), /type "<c16"/],
    ['dates', npy(header('(2,)', "'<M8[s]'"), 16), /type "<M8\[s\]"/],
    ['records', npy(header('(2,)', "[('a', '<f8')]"), 16), /type "record"/],
    ['a type that is the name of a method', npy(header('(2,)', "'toString'"), 16), /type "toString"/],
    ['two columns', npy(header('(2, 2)'), 32), /which column\? It has 2; give a number from 0 to 1/],
    ['three axes', npy(header('(2, 2, 2)'), 64), /shape \(2, 2, 2\)/],
    ['a single number', npy(header('()'), 8), /shape \(\)/],
    ['fewer numbers than declared', npy(header('(3,)'), 16), /3 numbers of 8 bytes, but 16 bytes follow/],
    ['more numbers than declared', npy(header('(1,)'), 16), /1 numbers of 8 bytes, but 16 bytes follow/],
    ['half a number', npy(header('(2,)'), 15), /but 15 bytes follow/],
    ['a huge shape', npy(header(`(${'9'.repeat(400)},)`), 8), /Infinity numbers/],
  ])('rejects %s', (_, bytes, message) => {
    const read = () => decodeNpy(bytes, 'x.npy');
    expect(read).toThrow(DataError);
    expect(read).toThrow(/^x\.npy: /);
    expect(read).toThrow(message);
  });

  it('reads thousands of damaged files or rejects them', () => {
    const sample = encodeNpy(Float64Array.of(1, 2, 3));
    const pieces = ["'shape': (9,)", '(3,), }', "'<f4'", "'descr'", '\n', '(', '[[[', '99999999999999999999'];
    const read = (bytes: Uint8Array) => ({ values: decodeNpy(bytes, 'x.npy'), size: bytes.length });
    readDamaged(read, sample, pieces, ({ values, size }) => {
      expect(values.length).toBeLessThan(size);
    });
  });

  const original = existsSync(ORIGINAL) ? it : it.skip;
  original("reads the chapter's series, and writes it unchanged", () => {
    const bytes = readFileSync(ORIGINAL);
    const values = decodeNpy(bytes, ORIGINAL);
    expect(values).toHaveLength(140_256);
    expect(values[0]).toBeCloseTo(56.29075, 4);
    expect(decodeNpy(encodeNpy(values), 'again')).toEqual(values);
  });
});
