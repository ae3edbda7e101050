/** The kernels that compete: those that users get, on one or more threads, and the reference kernels. */
import { createKernels } from '../engine/createKernels.js';
import { referenceKernels, type Kernels } from '../engine/index.js';

export interface KernelSet {
  /** The key of its results in the JSON file. */
  readonly id: 'ours1' | 'oursAll' | 'oursReference';
  readonly name: string;
  readonly kernels: Kernels;
}

export async function onThreads(threads: number): Promise<KernelSet> {
  const kernels = await createKernels({ threads });
  const name = `ours, ${kernels.name}, ${countThreads(kernels.threads)}`;
  return { id: threads === 1 ? 'ours1' : 'oursAll', name, kernels };
}

export function onReference(): KernelSet {
  const kernels = referenceKernels(Float32Array);
  return { id: 'oursReference', name: `ours, ${kernels.name}`, kernels };
}

/** `1 thread`, `2 threads` */
export const countThreads = (threads: number) => `${threads} thread${threads === 1 ? '' : 's'}`;
