import { describe, expect, it } from '@jest/globals';
import { Arena } from '../../engine/wasm/platform/arena.js';
import { WebAssembly } from '../../engine/wasm/platform/webAssembly.js';
import type { Region } from '../../engine/index.js';
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
      "the kernels' memory is full: 1.0 MiB requested, 1.0 MiB of 2.0 MiB in use; give graphs back with graph.dispose(), or make the model or its batch smaller",
    );
    expect(arena.float32(16).length).toBe(16);
  });

  it('says what holds the memory when it is full', () => {
    const arena = new Arena(32);
    const [a, b, c] = ['graph', 'graph', 'model'].map((kind) => arena.region(kind)) as [
      Region,
      Region,
      Region,
    ];
    for (const region of [a, b, c]) region.run(() => arena.float32((8 * PAGE_BYTES) / 4));
    b.release();
    expect(() => arena.float32((16 * PAGE_BYTES) / 4)).toThrow(
      '1.0 MiB of 2.0 MiB in use, 0.5 MiB of them by 1 graph, 0.5 MiB of them by 1 model; give graphs back',
    );
  });

  it('reuses what a region gives back, as zeros, and nothing else', () => {
    const arena = new Arena(4);
    const kept = arena.float32(100).fill(1);
    const region = arena.region('graph');
    const forGood: number[] = [];
    for (let n = 0; n < 50; n++) {
      const arrays = region.run(() => {
        forGood.push(arena.reserveForGood(64));
        return [arena.float32(9000), arena.int32(20_000)];
      });
      for (const array of arrays) {
        expect(array.every((x) => x === 0)).toBe(true);
        array.fill(7);
      }
      region.release();
      region.release();
    }
    expect(new Set(forGood).size).toBe(50);
    expect(kept.every((x) => x === 1)).toBe(true);
  });

  it('gives its memory to the next arena when closed, and none of its numbers', () => {
    const arena = new Arena();
    arena.float32(2 ** 18).fill(7);
    arena.close();
    arena.close();
    expect(() => arena.float32(1)).toThrow('these kernels are closed; make new ones with createKernels()');
    const [next, other] = [new Arena(), new Arena()];
    expect(next.memory).toBe(arena.memory);
    expect(other.memory).not.toBe(arena.memory);
    expect(next.float32(2 ** 18).every((x) => x === 0)).toBe(true);
  });

  it('takes less where address space is short, and says how much that is when it is full', () => {
    const { Memory } = WebAssembly!;
    const refused: number[] = [];
    WebAssembly!.Memory = class extends Memory {
      constructor(size: { initial: number; maximum: number; shared: true }) {
        if (size.maximum > 4096) {
          refused.push(size.maximum);
          throw new RangeError('WebAssembly.Memory(): could not allocate memory');
        }
        super(size);
      }
    };
    try {
      // Those of closed arenas are as large as they were.
      const arenas = Array.from({ length: 4 }, () => new Arena());
      expect(refused.slice(-2)).toEqual([16384, 8192]);
      expect(() => arenas.at(-1)!.reserve(2 ** 28)).toThrow(/256.0 MiB requested, .* of 256.0 MiB in use/);
    } finally {
      WebAssembly!.Memory = Memory;
    }
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
