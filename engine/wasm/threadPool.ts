/** The threads of the kernels: this one and its workers, over one memory. */
import type { Arena } from '../arena.js';
import { InputError } from '../errors.js';
import { DONE, FAILED, NOT_FOUND, send, waitFor } from './mailbox.js';
import { isNode, type Module } from './platform.js';
import type { WorkerTask } from './worker.js';

export interface ThreadPool {
  /** How many threads there are, this one included. */
  readonly threads: number;
  /**
   * Plays programs at the same time, no more than there are threads, and returns when all are done.
   * @returns whether all rows and classes that they looked up exist
   * @throws Error when a thread has failed
   */
  replay(programs: readonly number[]): boolean;
  /** Ends the workers. */
  close(): Promise<void>;
}

/** One thread. */
export function singleThread(replay: (program: number) => number): ThreadPool {
  return {
    threads: 1,
    replay: (programs) => programs.every((program) => replay(program) < 0),
    close: () => Promise.resolve(),
  };
}

/**
 * This thread and `threads` - 1 workers. They do not keep the process alive.
 * @throws RangeError when there would be no thread; InputError when a worker cannot be started
 */
export async function createThreadPool(
  arena: Arena,
  module: Module,
  replay: (program: number) => number,
  scratchBytes: number,
  threads: number,
): Promise<ThreadPool> {
  if (!Number.isInteger(threads) || threads < 1)
    throw new RangeError(`threads must be 1 or more, not ${threads}`);
  if (threads < 2 || !isNode) return singleThread(replay);
  const { Worker } = await import('node:worker_threads');
  let lost: Error | null = null;
  const boxes: Int32Array[] = [];

  const workers: InstanceType<typeof Worker>[] = [];
  async function close(): Promise<void> {
    // From now on nobody waits for them: they may end in the middle of a program.
    lost ??= new Error('it has ended');
    await Promise.all(workers.map((worker) => worker.terminate()));
  }

  function start(): Promise<void> {
    const box = arena.int32(1);
    boxes.push(box);
    const workerData: WorkerTask = {
      module,
      memory: arena.memory,
      scratch: arena.reserve(scratchBytes),
      mailbox: box.byteOffset,
    };
    const worker = new Worker(new URL('./worker.js', import.meta.url), {
      workerData,
      // The options of this process may not fit the worker's file.
      execArgv: [],
    });
    workers.push(worker);
    return new Promise((resolve, reject) => {
      const fail = (error: Error) => reject((lost ??= error));
      worker.on('error', fail);
      worker.on('exit', () => fail(new Error('it has ended')));
      worker.on('message', () => resolve());
    });
  }

  try {
    await Promise.all(Array.from({ length: threads - 1 }, start));
  } catch (error) {
    await close();
    throw failure((error as Error).message);
  }
  // Only now: a process with nothing but this to wait for would end.
  for (const worker of workers) worker.unref();

  function requireAll(): void {
    if (lost) throw failure(lost.message);
  }

  /** Waits for a worker. @returns whether it found what it looked up */
  function answerOf(box: Int32Array): boolean {
    const answer = waitFor(box, false);
    // It has ended, but its last message comes later.
    if (answer === FAILED) lost ??= new Error('it stopped within a kernel');
    box[0] = DONE;
    return answer !== NOT_FOUND;
  }

  return {
    threads,
    replay(programs) {
      if (programs.length > 1) requireAll();
      for (let n = 1; n < programs.length; n++) send(boxes[n - 1]!, programs[n]!);
      let found = false;
      try {
        found = replay(programs[0]!) < 0;
      } finally {
        for (let n = 1; n < programs.length; n++) found = answerOf(boxes[n - 1]!) && found;
      }
      if (programs.length > 1) requireAll();
      return found;
    },
    close,
  };
}

const failure = (why: string) =>
  new InputError(`a thread of the kernels failed: ${why}; one thread may do (--threads 1)`);
