/** The script of a page that trains in its own thread or in a worker. Tests call it by what it leaves in `globalThis`. */
import { train, type Trained } from './train.js';

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
  train: typeof train;
  trainInWorker: typeof train;
}

const scope = globalThis as unknown as Scope;

scope.train = train;
scope.trainInWorker = (threads) =>
  new Promise((resolve, reject) => {
    const { Worker, workerCode } = scope;
    const worker = new Worker(workerCode ? URL.createObjectURL(new Blob([workerCode])) : 'worker.js');
    worker.onmessage = ({ data }) => (typeof data === 'string' ? reject(new Error(data)) : resolve(data));
    worker.onerror = ({ message }) => reject(new Error(message || 'the worker was not loaded'));
    worker.postMessage(threads);
  });
