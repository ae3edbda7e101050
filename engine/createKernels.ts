/** The kernels to train with: the fastest that this platform runs. */
import type { Kernels } from './kernels.js';
import { referenceKernels } from './reference/index.js';
import { wasmKernels } from './wasm/index.js';

/** New float32 kernels: on WebAssembly, or where that is missing in plain loops. `name` says which. */
export async function createKernels(): Promise<Kernels<Float32Array>> {
  return (await wasmKernels()) ?? referenceKernels(Float32Array);
}
