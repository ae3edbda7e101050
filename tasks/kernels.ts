/** The kernels of a run. */
import { createKernels, type Kernels } from '../models/index.js';

/**
 * Does the work with kernels on so many threads, and ends the threads however the work ends.
 * @throws InputError when a thread cannot be started
 */
export async function withKernels<T>(threads: number, work: (kernels: Kernels) => Promise<T>): Promise<T> {
  const kernels = await createKernels({ threads });
  try {
    return await work(kernels);
  } finally {
    await kernels.close();
  }
}
