/**
 * The kernels under test. The tests of engine/ and models/ run over this list, so every implementation in it
 * must pass them all.
 */
import { afterAll } from '@jest/globals';
import { createKernels, referenceKernels, type Kernels } from '../engine/index.js';
import { wasmKernels } from '../engine/wasm/index.js';

export interface KernelsUnderTest {
  readonly name: string;
  readonly kernels: Kernels;
  /** How far a result may be from exact arithmetic, for numbers about 1. */
  readonly tolerance: number;
}

/** The float64 reference for all comparisons. */
export const float64 = referenceKernels(Float64Array);

const candidates: (Kernels | null)[] = [
  float64,
  referenceKernels(Float32Array),
  // The default on this machine, that for vectors of 128 bits, and the build for machines without relaxed SIMD.
  await createKernels(),
  await createKernels({ wide: false }),
  await wasmKernels(1, ['simd']),
  await createKernels({ threads: 2 }),
];

// Each test file has its own kernels, whose threads would pile up.
afterAll(async () => {
  for (const kernels of candidates) await kernels?.close();
});

const nameOf = ({ name, threads }: Kernels) => (threads > 1 ? `${name}, ${threads} threads` : name);

export const allKernels: readonly KernelsUnderTest[] = candidates
  .filter((kernels) => kernels !== null)
  .filter((kernels, n, list) => list.findIndex((other) => nameOf(other) === nameOf(kernels)) === n)
  .map((kernels) => ({
    name: nameOf(kernels),
    kernels,
    tolerance: kernels === float64 ? 1e-12 : 1e-5,
  }));

/** Without the multithreaded ones, which are bit-identical: for slow tests. */
export const onOneThread = allKernels.filter(({ kernels }) => kernels.threads === 1);
