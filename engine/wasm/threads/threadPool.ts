/** The kernels' threads: this one and its workers, over one memory. */
import { canShare, startThread } from '#thread';
import { closed, type Arena } from '../platform/arena.js';
import { InputError } from '../../errors.js';
import { DONE, FAILED, NOT_FOUND, send, waitFor } from './mailbox.js';
import type { Module } from '../platform/webAssembly.js';
import type { WorkerTask } from './serve.js';
import type { Thread } from './thread.js';

export interface ThreadPool {
  /** The number of threads, including this one. */
  readonly threads: number;
  /**
   * Replays programs in parallel, at most one per thread, and returns when all are done.
   * @returns whether all rows and classes that they looked up exist
   * @throws Error when a thread has failed
   */
  replay(programs: readonly number[]): boolean;
  /** Ends the workers. @returns whether they are known to have ended, so that their memory can be used again */
  close(): Promise<boolean>;
}

/** A pool of one thread. */
export function singleThread(replay: (program: number) => number): ThreadPool {
  let isOpen = true;
  return {
    threads: 1,
    replay(programs) {
      if (!isOpen) throw closed();
      return programs.every((program) => replay(program) < 0);
    },
    close() {
      isOpen = false;
      return Promise.resolve(true);
    },
  };
}

/**
 * This thread and `threads` - 1 workers. They do not keep the process alive.
 * @throws RangeError when `threads` is not 1 or more; InputError when a worker cannot be started
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
  if (threads < 2 || !canShare()) return singleThread(replay);
  const started = await Promise.allSettled(
    Array.from({ length: threads - 1 }, () => startWorker(arena, module, scratchBytes)),
  );
  const workers = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const failed = started.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') {
    await Promise.all(workers.map((worker) => worker.end()));
    throw failure((failed.reason as Error).message);
  }
  // Only after startup: earlier, the process could exit while it waits for the workers.
  for (const worker of workers) worker.unref();

  let isOpen = true;
  function requireAll(): void {
    if (!isOpen) throw closed();
    for (const { lost } of workers) {
      const error = lost();
      if (error) throw failure(error.message);
    }
  }

  return {
    threads,
    replay(programs) {
      if (!isOpen || programs.length > 1) requireAll();
      for (let n = 1; n < programs.length; n++) workers[n - 1]!.send(programs[n]!);
      let found = false;
      try {
        found = replay(programs[0]!) < 0;
      } finally {
        for (let n = 1; n < programs.length; n++) found = workers[n - 1]!.wait() && found;
      }
      if (programs.length > 1) requireAll();
      return found;
    },
    async close() {
      isOpen = false;
      const ended = await Promise.all(workers.map((worker) => worker.end()));
      return ended.every(Boolean);
    },
  };
}

/** A worker that is ready, and its mailbox. */
async function startWorker(arena: Arena, module: Module, scratchBytes: number) {
  const box = arena.int32(1);
  let lost: Error | null = null;
  const scratch = arena.reserve(scratchBytes);
  const task: WorkerTask = { module, memory: arena.memory, scratch, mailbox: box.byteOffset };
  const thread = await new Promise<Thread>((resolve, reject) => {
    const fail = (error: Error) => reject((lost ??= error));
    const started: Promise<Thread> = startThread(task, () => resolve(started), fail);
    started.catch(reject);
  });

  return {
    lost: () => lost,
    send: (program: number) => send(box, program),
    /** @returns whether all rows and classes that it looked up exist */
    wait(): boolean {
      const answer = waitFor(box, false);
      // The worker is dead, but its error event comes later.
      if (answer === FAILED) lost ??= new Error('it crashed in a kernel');
      box[0] = DONE;
      return answer !== NOT_FOUND;
    },
    unref: () => thread.unref(),
    end(): Promise<boolean> {
      // Nothing waits for the worker from now on; it may stop in the middle of a program.
      lost ??= new Error('it has exited');
      const ended = thread.terminate();
      // Bun before 1.4 does not end a worker that sleeps.
      Atomics.notify(box, 0);
      return ended;
    },
  };
}

const failure = (why: string) =>
  new InputError(`a thread of the kernels failed: ${why}; try a single thread (--threads 1)`);
