/** Threads of Node, Deno and Bun. */
import type { StartThread } from './thread.js';

/** Whether memory can be shared with threads. */
export const canShare = () => typeof SharedArrayBuffer !== 'undefined';

export const startThread: StartThread = async (workerData, isReady, hasFailed) => {
  const { Worker } = await import('node:worker_threads');
  const worker = new Worker(new URL('./nodeWorker.js', import.meta.url), {
    workerData,
    // The options of this process may not suit the worker's file.
    execArgv: [],
  });
  worker.on('error', hasFailed);
  worker.on('exit', () => hasFailed(new Error('it has exited')));
  worker.on('message', isReady);
  return {
    unref: () => worker.unref(),
    terminate: () => worker.terminate().then(() => true),
  };
};
