/** Creates the fastest kernels that this platform supports. */
import type { Kernels } from './kernels.js';
import { referenceKernels } from './reference/index.js';
import { wasmKernels } from './wasm/index.js';

/** Options of the kernels. */
export interface KernelsOptions {
  /**
   * How many threads to use where the platform has threads and shared memory (Node). Results are
   * bit-identical for any number of threads. Default 1.
   */
  threads?: number;
}

/**
 * New float32 kernels: WebAssembly, or plain loops where it is missing. `name` says which.
 * @throws InputError when a thread cannot be started
 */
export async function createKernels({ threads = 1 }: KernelsOptions = {}): Promise<Kernels<Float32Array>> {
  return (await wasmKernels(threads)) ?? referenceKernels(Float32Array);
}
