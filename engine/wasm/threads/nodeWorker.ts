/** The file of a thread on Node, Deno and Bun. */
import { serve, type WorkerTask } from './serve.js';

const threads = await import('node:worker_threads');
serve(threads.workerData as WorkerTask, () => threads.parentPort!.postMessage('ready'));
