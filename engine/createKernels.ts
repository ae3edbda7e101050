/** Creates the fastest kernels that this platform supports. */
import { readOptions, requireFlag, requireWhole } from './checks.js';
import type { Kernels } from './kernels.js';
import { referenceKernels } from './reference/index.js';
import { wasmKernels } from './wasm/index.js';
import { BUILDS, NARROW_BUILDS, whyNoBuild } from './wasm/platform/load.js';

/** Each thread has its own copy of the code: a thousand take minutes to start, and gigabytes. */
const MOST_THREADS = 64;

/** Options of the kernels. */
export interface KernelsOptions {
  /**
   * How many threads to use, 1 to 64, where memory can be shared with them: in Node, Deno and Bun, and on pages that
   * are isolated across origins. Elsewhere one is used, with a warning on the console. Results are bit-identical for
   * any number of threads. Default 1.
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
 * New float32 kernels: WebAssembly, or plain loops where it is missing. `name` says which. The plain loops take 25 to
 * 100 times as long, so a warning on the console says why it has to be them: no WebAssembly SIMD, or a page whose
 * Content-Security-Policy forbids WebAssembly.
 * @throws RangeError or TypeError when an option is invalid; InputError when a thread cannot be started
 */
export async function createKernels(options: KernelsOptions = {}): Promise<Kernels<Float32Array>> {
  const { threads, wide } = readOptions('createKernels', options, { threads: 1, wide: true });
  requireWhole('createKernels: threads', threads, 1, MOST_THREADS);
  requireFlag('createKernels: wide', wide);
  const kernels = await wasmKernels(threads, wide ? BUILDS : NARROW_BUILDS);
  if (!kernels) console.warn(`createKernels: the reference kernels, which are slow: ${await whyNoBuild()}`);
  else if (kernels.threads < threads)
    console.warn(`createKernels: 1 thread, not ${threads}: only pages isolated across origins have more`);
  return kernels ?? referenceKernels(Float32Array);
}
