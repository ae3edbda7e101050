/** The kernels that compete: those that users get, and the plain loops that specify them. */
import { createKernels } from '../engine/createKernels.js';
import { referenceKernels, type Kernels } from '../engine/index.js';

export interface KernelSet {
  /** The key of its results in the JSON file; the 1 is for one thread. */
  readonly id: 'ours1' | 'oursReference';
  readonly name: string;
  readonly kernels: Kernels;
}

export async function kernelSets(): Promise<KernelSet[]> {
  const [fast, plain] = [await createKernels(), referenceKernels(Float32Array)];
  return [
    { id: 'ours1', name: `ours, ${fast.name}`, kernels: fast },
    { id: 'oursReference', name: `ours, ${plain.name}`, kernels: plain },
  ];
}
