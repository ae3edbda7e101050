/** The script of a page that trains in its own thread or in a worker. Tests call it by what it leaves in `globalThis`. */
import { trainOnThreads, type Trained } from './train.js';

interface WebWorker {
  onmessage: ((event: { data: Trained | string }) => void) | null;
  onerror: ((event: { message: string }) => void) | null;
  postMessage(threads: number): void;
}

/** What pages have, and this one defines. */
export interface Scope {
  Worker: new (url: string) => WebWorker;
  /** The worker's code, if it is part of the page; otherwise it is in a file. */
  workerCode?: string;
  train: typeof trainOnThreads;
  trainInWorker: typeof trainOnThreads;
  location: { readonly hash: string };
}

const scope = globalThis as unknown as Scope;

scope.train = trainOnThreads;
scope.trainInWorker = (threads) =>
  new Promise((resolve, reject) => {
    const { Worker, workerCode } = scope;
    const worker = new Worker(workerCode ? URL.createObjectURL(new Blob([workerCode])) : 'worker.js');
    worker.onmessage = ({ data }) => (typeof data === 'string' ? reject(new Error(data)) : resolve(data));
    worker.onerror = ({ message }) => reject(new Error(message || 'the worker was not loaded'));
    worker.postMessage(threads);
  });

// For browsers that tests cannot speak to: with #2, the page trains on two threads by itself, and sends what comes of it.
const threads = Number(scope.location.hash.slice(1));
if (threads > 0) {
  const trained = Promise.all([scope.train(threads), scope.trainInWorker(threads)]);
  const told = trained.catch((error: Error) => error.message);
  void told.then((result) => fetch('trained', { method: 'POST', body: JSON.stringify(result) }));
}
