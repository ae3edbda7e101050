/** Creates the fastest kernels that this platform supports. */
import type { Kernels } from './kernels.js';
import { referenceKernels } from './reference/index.js';
import { wasmKernels } from './wasm/index.js';
import { BUILDS, NARROW_BUILDS } from './wasm/platform/load.js';

/** Options of the kernels. */
export interface KernelsOptions {
  /**
   * How many threads to use where the platform has threads and shared memory (Node). Results are
   * bit-identical for any number of threads. Default 1.
   */
  threads?: number;
  /**
   * Whether to use vectors of 256 bits where V8 can be asked for them (Node from 24 on, x64 with AVX2) and a short
   * measurement finds them faster. Results have the same bits. While the kernels' functions are compiled, some tens
   * of milliseconds, this sets the process's flag `--experimental-wasm-revectorize`: WebAssembly of others that V8
   * optimizes on another thread meanwhile sees it, too. Default true.
   */
  wide?: boolean;
}

/**
 * New float32 kernels: WebAssembly, or plain loops where it is missing. `name` says which.
 * @throws InputError when a thread cannot be started
 */
export async function createKernels({ threads = 1, wide = true }: KernelsOptions = {}): Promise<
  Kernels<Float32Array>
> {
  return (await wasmKernels(threads, wide ? BUILDS : NARROW_BUILDS)) ?? referenceKernels(Float32Array);
}
