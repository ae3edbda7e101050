import { describe, expect, it } from '@jest/globals';
import { Arena } from '../../engine/wasm/platform/arena.js';
import { rows, tensor } from '../../engine/tensor.js';

const PAGE_BYTES = 65536;

describe('Arena', () => {
  it('grows beyond its first page while existing tensors keep their data', () => {
    const arena = new Arena();
    const first = arena.float32(100).fill(1.5);
    const pagesBefore = arena.memory.buffer.byteLength;
    const later = Array.from({ length: 10 }, (_, n) => arena.float32(2 ** 16).fill(n));
    expect(arena.memory.buffer.byteLength).toBeGreaterThan(pagesBefore);

    expect(first.length).toBe(100);
    expect(first.every((x) => x === 1.5)).toBe(true);
    first[0] = 2.5;
    expect(new Float32Array(arena.memory.buffer, first.byteOffset, 1)[0]).toBe(2.5);
    later.forEach((array, n) => expect(array.every((x) => x === n)).toBe(true));
    for (const array of [first, ...later])
      expect(arena.address('test', tensor(array))).toBe(array.byteOffset);
  });

  it('returns zeros at addresses that are multiples of 64 and do not overlap', () => {
    const arena = new Arena();
    let end = 0;
    for (const length of [1, 17, 0, 16, 33]) {
      const array = length % 2 ? arena.float32(length) : arena.int32(length);
      expect(array.length).toBe(length);
      expect(array.byteOffset % 64).toBe(0);
      expect(array.byteOffset).toBeGreaterThanOrEqual(end);
      expect(array.every((x) => x === 0)).toBe(true);
      array.fill(7);
      end = array.byteOffset + array.byteLength;
    }
  });

  it('reports in one line the requested size and the limit when it is full', () => {
    const arena = new Arena(32);
    arena.float32((16 * PAGE_BYTES) / 4);
    expect(() => arena.float32((16 * PAGE_BYTES) / 4)).toThrow(
      "the kernels' memory is full: 1.0 MiB requested, 1.0 MiB of 2.0 MiB in use; make the model or its batch smaller",
    );
    expect(arena.float32(16).length).toBe(16);
  });

  it('rejects invalid sizes', () => {
    const arena = new Arena(2);
    for (const length of [-1, NaN, Infinity]) expect(() => arena.float32(length)).toThrow(RangeError);
  });

  it('knows the address of a tensor, its views and its rows', () => {
    const arena = new Arena();
    const data = arena.float32(12);
    const matrix = tensor(data, 3, 4);
    for (let again = 0; again < 2; again++) {
      expect(arena.address('test', matrix.lo(1, 2))).toBe(data.byteOffset + 4 * 6);
      expect(arena.address('test', rows(matrix, 2, 3))).toBe(data.byteOffset + 4 * 8);
    }
  });

  it('still knows its tensors after another arena has grown', () => {
    const [arena, other] = [new Arena(), new Arena()];
    const early = tensor(arena.float32(4));
    other.float32(2 ** 20);
    expect(() => arena.address('test', early)).not.toThrow();
    expect(() => arena.address('test', tensor(arena.float32(4)))).not.toThrow();
  });

  it('rejects tensors of another arena or of none', () => {
    const arena = new Arena();
    for (const array of [new Arena().float32(4), new Float32Array(4)]) {
      expect(() => arena.address('add', tensor(array))).toThrow(/^add: a tensor was made by other kernels/);
    }
  });
});
