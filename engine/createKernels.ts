/** Creates the fastest kernels that this platform supports. */
import type { Kernels } from './kernels.js';
import { referenceKernels } from './reference/index.js';
import { wasmKernels } from './wasm/index.js';

/**
 * New float32 kernels: WebAssembly, or plain loops where it is missing. `name` says which.
 * @param threads how many threads to use, where threads are supported (Node). Default 1. Results are
 *                bit-identical for any number of threads.
 * @throws InputError when a thread cannot be started
 */
export async function createKernels({ threads = 1 } = {}): Promise<Kernels<Float32Array>> {
  return (await wasmKernels(threads)) ?? referenceKernels(Float32Array);
}
