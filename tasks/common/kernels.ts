/** The kernels of a run, and their number of threads. */
import { availableParallelism } from 'node:os';
import { Option } from 'commander';
import { createKernels, type Kernels } from '../../models/index.js';
import { positiveIntegerUpTo } from './options.js';
import { plural } from './printable.js';

/** Default number of threads: a step of the chapter's models has too few rows for more than 4. */
const THREADS = Math.min(availableParallelism(), 4);
/** Each thread has its own stack and heap; the limit keeps a typo from exhausting memory. */
const MOST_THREADS = 64;

/** `--threads`. It is not a setting of a run: results are the same for any number of threads. */
export const threadsOption = () =>
  new Option('--threads <n>', 'threads to train on; they change the time, not the results')
    .argParser(positiveIntegerUpTo(MOST_THREADS))
    .default(THREADS, `${THREADS}: the cores, up to 4; a step of these models has too few rows for more`);

/**
 * Does the work with kernels on `threads` threads, and always ends the threads afterwards.
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
export function describeKernels({ name, threads }: Pick<Kernels, 'name' | 'threads'>): string {
  return `${name}, ${plural(threads, 'thread')}`;
}
