/** The kernels of a run, and how many threads they have. */
import { availableParallelism } from 'node:os';
import { Option } from 'commander';
import { createKernels, type Kernels } from '../../models/index.js';
import { positiveIntegerUpTo } from './options.js';

/** How many threads to train on: more than 4 find too few rows in a step of the chapter's models. */
const THREADS = Math.min(availableParallelism(), 4);
/** Each has a stack and a heap of its own: a slip of the finger must not fill the memory. */
const MOST_THREADS = 64;

/** `--threads`. No setting of a run: on any number of threads its numbers are the same. */
export const threadsOption = () =>
  new Option('--threads <n>', 'threads to train on, which change the time and not a bit of the results')
    .argParser(positiveIntegerUpTo(MOST_THREADS))
    .default(THREADS, `${THREADS}: the cores, up to 4; a step of these models has too few rows for more`);

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

/** `wasm-relaxed-simd, 2 threads` */
export function describeKernels({ name, threads }: Kernels): string {
  return `${name}, ${threads} thread${threads === 1 ? '' : 's'}`;
}
