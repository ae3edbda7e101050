/**
 * Threads of browsers. The worker's code is a text (../buildBrowser.js makes it of webWorker.ts), not a file beside this
 * one: some bundlers copy such files and others do not, and pages that are opened from the disk may not load any.
 */
import { webWorker } from '../generated.js';
import type { StartThread, Thread } from './thread.js';

/**
 * Whether memory can be shared with threads: on pages isolated across origins. Elsewhere browsers hide the name.
 * (WebKit can say `crossOriginIsolated` and hide it all the same.)
 */
export const canShare = () => typeof SharedArrayBuffer !== 'undefined' && 'Worker' in globalThis;

interface WebWorker {
  onmessage: (() => void) | null;
  onerror: ((event: { message?: string }) => void) | null;
  postMessage(message: unknown): void;
  terminate(): void;
}

type NewWorker = new (url: string) => WebWorker;

const BLOCKED = "its script was not loaded (a Content-Security-Policy needs worker-src 'self' blob:)";

// eslint-disable-next-line @typescript-eslint/require-await -- what it throws is a rejection
export const startThread: StartThread = async (task, isReady, hasFailed) => {
  const { Worker } = globalThis as unknown as { Worker: NewWorker };
  const url = URL.createObjectURL(new Blob([webWorker], { type: 'text/javascript' }));
  const worker = new Worker(url);
  const thread: Thread = {
    unref() {},
    terminate() {
      worker.terminate();
      return Promise.resolve(false);
    },
  };
  worker.onerror = ({ message }) => hasFailed(new Error(message || BLOCKED));
  worker.onmessage = () => {
    URL.revokeObjectURL(url);
    isReady();
  };
  worker.postMessage(task);
  return thread;
};
