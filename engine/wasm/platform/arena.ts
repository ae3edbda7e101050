/**
 * The arena: a bump allocator over one WebAssembly memory. Tensors are never freed one by one; dropping the
 * arena frees all of them.
 *
 * The memory is shared (SharedArrayBuffer) and has a fixed maximum, so it grows in place and existing views
 * stay valid. Growing an unshared memory detaches its views.
 */
import { InputError } from '../../errors.js';
import type { Indices, Tensor } from '../../tensor.js';
import { WebAssembly, type Memory } from './webAssembly.js';

const PAGE_BYTES = 65536;
/** 1 GiB of address space. A page takes up physical memory only once it is written to. */
const MAXIMUM_PAGES = 16384;
/** A cache line: no two tensors share one, and no vector of four straddles two. */
const ALIGNMENT = 64;

export class Arena {
  readonly memory: Memory;
  readonly #maximumPages: number;
  // Every buffer object that backs a tensor. All of them are views of the same bytes: the JavaScript engine
  // may replace `memory.buffer` whenever this memory, or another one, grows.
  readonly #buffers = new WeakSet<ArrayBufferLike>();
  // Cached, because reading an array's buffer and byteOffset is slow compared with a small kernel.
  readonly #places = new WeakMap<Float32Array | Int32Array, number>();
  #used = ALIGNMENT;

  /** @param maximumPages the limit in pages of 64 KiB, at most 16384 */
  constructor(maximumPages = MAXIMUM_PAGES) {
    if (!WebAssembly) throw new Error('arena: this platform has no WebAssembly');
    this.#maximumPages = maximumPages;
    this.memory = new WebAssembly.Memory({ initial: 1, maximum: maximumPages, shared: true });
  }

  /** `length` zeros. @throws InputError when the arena is full. */
  float32(length: number): Float32Array {
    const address = this.reserve(length * 4);
    return this.#remember(new Float32Array(this.memory.buffer, address, length));
  }

  /** `length` whole numbers, all 0. @throws InputError when the arena is full. */
  int32(length: number): Int32Array {
    const address = this.reserve(length * 4);
    return this.#remember(new Int32Array(this.memory.buffer, address, length));
  }

  /** The address of `bytes` new bytes, all 0. @throws InputError when the arena is full. */
  reserve(bytes: number): number {
    if (!Number.isInteger(bytes) || bytes < 0)
      throw new RangeError(`arena: ${bytes} is not a number of bytes`);
    const address = this.#used;
    const end = address + Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    const limit = this.#maximumPages * PAGE_BYTES;
    if (end + ALIGNMENT > limit) {
      const [asked, used, all] = [bytes, address, limit].map((n) => `${(n / 2 ** 20).toFixed(1)} MiB`);
      throw new InputError(
        `the kernels' memory is full: ${asked} requested, ${used} of ${all} in use; make the model or its batch smaller`,
      );
    }
    // The matrix product reads vectors beyond the last columns of a tensor, up to one alignment.
    this.#growTo(end + ALIGNMENT);
    this.#used = end;
    return address;
  }

  /**
   * The address of the first entry of a tensor, in bytes.
   * @throws Error naming the kernel, when the tensor is not in this arena.
   */
  address(kernel: string, t: Tensor<Float32Array> | Indices): number {
    let place = this.#places.get(t.data);
    if (place === undefined) {
      if (!this.#buffers.has(t.data.buffer)) {
        throw new Error(
          `${kernel}: a tensor was made by other kernels; make it with zeros() of these kernels`,
        );
      }
      this.#places.set(t.data, (place = t.data.byteOffset));
    }
    return place + 4 * t.offset;
  }

  #remember<A extends Float32Array | Int32Array>(array: A): A {
    this.#buffers.add(array.buffer);
    return array;
  }

  #growTo(end: number): void {
    const pages = this.memory.buffer.byteLength / PAGE_BYTES;
    const needed = Math.ceil(end / PAGE_BYTES);
    // At least double, so that growing is rare even with small tensors.
    if (needed > pages) this.memory.grow(Math.min(Math.max(needed, 2 * pages), this.#maximumPages) - pages);
  }
}
