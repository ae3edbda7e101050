/** The kernels to train with: the fastest that this platform runs. */
import type { Kernels } from './kernels.js';
import { referenceKernels } from './reference/index.js';
import { wasmKernels } from './wasm/index.js';

/**
 * New float32 kernels: on WebAssembly, or where that is missing in plain loops. `name` says which.
 * @param threads how many threads to use, where shared memory and threads are to be had (Node). Default 1. The bits
 *                of every result are the same on any number.
 * @throws InputError when a thread cannot be started
 */
export async function createKernels({ threads = 1 } = {}): Promise<Kernels<Float32Array>> {
  return (await wasmKernels(threads)) ?? referenceKernels(Float32Array);
}
