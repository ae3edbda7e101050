/**
 * The arena: the allocator of one WebAssembly memory. Tensors are not freed one by one but by region, such as
 * that of a graph. Memory of closed arenas goes to those made next: JavaScript engines give it back late, or never.
 *
 * The memory is shared (SharedArrayBuffer) and has a fixed maximum, so it grows in place and existing views
 * stay valid. Growing an unshared memory detaches its views.
 */
import { InputError } from '../../errors.js';
import type { Region } from '../../kernels.js';
import type { Indices, Tensor } from '../../tensor.js';
import { createFreeList } from './freeList.js';
import { WebAssembly, type Memory } from './webAssembly.js';

const PAGE_BYTES = 65536;
/** 1 GiB of address space. A page takes up physical memory only once it is written to. */
const MAXIMUM_PAGES = 16384;
/** 64 MiB. With less, not much can be trained. */
const FEW_PAGES = 1024;
/** A cache line: no two tensors share one, and no vector of four straddles two. */
const ALIGNMENT = 64;

/** A memory and its limit in pages. */
interface Reserved {
  readonly memory: Memory;
  readonly maximum: number;
}

/** Memories of closed arenas that did not ask for another limit than the usual one. */
const spare: Reserved[] = [];

/** A memory with this limit; or, where address space is short (phones), with a half of it, a quarter, and so on. */
function reserve(maximum: number): Reserved {
  try {
    return { memory: new WebAssembly!.Memory({ initial: 1, maximum, shared: true }), maximum };
  } catch (error) {
    if (maximum <= FEW_PAGES) throw error;
    return reserve(maximum / 2);
  }
}

/** What was reserved by a region, and so is given back with it. */
interface Holding {
  readonly kind: string;
  /** Addresses and lengths in bytes. */
  readonly blocks: (readonly [address: number, bytes: number])[];
}

export class Arena {
  readonly memory: Memory;
  readonly #maximumPages: number;
  readonly #isUsual: boolean;
  readonly #free = createFreeList();
  readonly #holdings = new Set<Holding>();
  /** The region that reserves now; null: what is reserved stays. */
  #holding: Holding | null = null;
  #closed = false;
  /** From this address on, all bytes are 0. */
  #clean: number;
  // Every buffer object that backs a tensor. All of them are views of the same bytes: the JavaScript engine
  // may replace `memory.buffer` whenever this memory, or another one, grows.
  readonly #buffers = new WeakSet<ArrayBufferLike>();
  // Cached, because reading an array's buffer and byteOffset is slow compared with a small kernel.
  readonly #places = new WeakMap<Float32Array | Int32Array, number>();
  #used = ALIGNMENT;

  /** @param maximumPages the limit in pages of 64 KiB, at most 16384 */
  constructor(maximumPages = MAXIMUM_PAGES) {
    if (!WebAssembly) throw new Error('arena: this platform has no WebAssembly');
    this.#isUsual = maximumPages === MAXIMUM_PAGES;
    const used = this.#isUsual ? spare.pop() : undefined;
    const { memory, maximum } = used ?? reserve(maximumPages);
    this.memory = memory;
    this.#maximumPages = maximum;
    this.#clean = used ? memory.buffer.byteLength : 0;
  }

  /** `length` zeros. @throws InputError when the arena is full; Error when it is closed */
  float32(length: number): Float32Array {
    const address = this.reserve(length * 4);
    return this.#remember(new Float32Array(this.memory.buffer, address, length));
  }

  /** `length` whole numbers, all 0. @throws InputError when the arena is full; Error when it is closed */
  int32(length: number): Int32Array {
    const address = this.reserve(length * 4);
    return this.#remember(new Int32Array(this.memory.buffer, address, length));
  }

  /** The address of `bytes` new bytes, all 0. @throws InputError when the arena is full; Error when it is closed */
  reserve(bytes: number): number {
    if (!Number.isInteger(bytes) || bytes < 0)
      throw new RangeError(`arena: ${bytes} is not a number of bytes`);
    if (this.#closed) throw closed();
    const size = Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    const address = this.#free.take(size) ?? this.#extend(size);
    if (address < this.#clean) new Uint8Array(this.memory.buffer, address, size).fill(0);
    this.#holding?.blocks.push([address, size]);
    return address;
  }

  /** The same for memory that no region gives back. */
  reserveForGood(bytes: number): number {
    return this.#reservingFor(null, () => this.reserve(bytes));
  }

  /** A new region. @param kind what the message says of it when the memory is full: 'graph' */
  region(kind: string): Region {
    const holding: Holding = { kind, blocks: [] };
    return {
      run: (work) => {
        this.#holdings.add(holding);
        return this.#reservingFor(holding, work);
      },
      release: () => {
        this.#holdings.delete(holding);
        for (const [address, size] of holding.blocks.splice(0)) {
          this.#free.give(address, size);
          this.#clean = Math.max(this.#clean, address + size);
        }
      },
    };
  }

  /** @param isUnused whether no thread can still use the memory, which then goes to the next arena. Default true */
  close(isUnused = true): void {
    if (isUnused && !this.#closed && this.#isUsual)
      spare.push({ memory: this.memory, maximum: this.#maximumPages });
    this.#closed = true;
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

  #reservingFor<T>(holding: Holding | null, work: () => T): T {
    const before = this.#holding;
    this.#holding = holding;
    try {
      return work();
    } finally {
      this.#holding = before;
    }
  }

  /** Takes memory that has not been used before. */
  #extend(size: number): number {
    const address = this.#used;
    const end = address + size;
    // The matrix product reads vectors beyond the last columns of a tensor, up to one alignment.
    if (end + ALIGNMENT > this.#maximumPages * PAGE_BYTES) throw this.#full(size);
    this.#growTo(end + ALIGNMENT);
    this.#used = end;
    return address;
  }

  #full(size: number): InputError {
    const held = new Map<string, { count: number; bytes: number }>();
    for (const { kind, blocks } of this.#holdings) {
      const { count, bytes } = held.get(kind) ?? { count: 0, bytes: 0 };
      held.set(kind, { count: count + 1, bytes: blocks.reduce((sum, [, length]) => sum + length, bytes) });
    }
    const MiB = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
    const holders = [...held].map(
      ([kind, { count, bytes }]) => `, ${MiB(bytes)} of them by ${count} ${kind}${count > 1 ? 's' : ''}`,
    );
    const used = this.#used - this.#free.bytes();
    return new InputError(
      `the kernels' memory is full: ${MiB(size)} requested, ${MiB(used)} of ${MiB(this.#maximumPages * PAGE_BYTES)} in use` +
        `${holders.join('')}; give graphs back with graph.dispose(), or make the model or its batch smaller`,
    );
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

/** What calls of closed kernels throw. */
export const closed = () => new Error('these kernels are closed; make new ones with createKernels()');
