/**
 * The kernels under test. The tests of engine/ and models/ are tables over this list: an implementation that is
 * named here has to pass them all.
 */
import { createKernels, referenceKernels, type Kernels } from '../engine/index.js';
import { wasmKernels } from '../engine/wasm/index.js';

export interface KernelsUnderTest {
  readonly name: string;
  readonly kernels: Kernels;
  /** How far a result may be from exact arithmetic, for numbers about 1. */
  readonly tolerance: number;
}

/** The reference in float64: what other results are compared with. */
export const float64 = referenceKernels(Float64Array);

const candidates: (Kernels | null)[] = [
  float64,
  referenceKernels(Float32Array),
  // The usual choice of this machine, and the build that machines without relaxed SIMD get.
  await createKernels(),
  await wasmKernels(1, ['simd']),
];

export const allKernels: readonly KernelsUnderTest[] = candidates
  .filter((kernels) => kernels !== null)
  .filter(({ name }, n, list) => list.findIndex((other) => other.name === name) === n)
  .map((kernels) => ({
    name: kernels.name,
    kernels,
    tolerance: kernels === float64 ? 1e-12 : 1e-5,
  }));
