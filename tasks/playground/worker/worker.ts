/** The page's worker: the only file that runs the library in a browser. */
import { createKernels } from '../../../models/index.js';
import type { FromWorker, ToWorker } from '../protocol.js';
import { Playground } from './playground.js';

/** What we use of a worker's global object. The compiler knows it as part of the DOM only. */
interface Scope {
  onmessage: (event: { data: ToWorker }) => void;
  onunhandledrejection: (event: { reason: unknown }) => void;
  postMessage(message: FromWorker, transfer: readonly ArrayBufferLike[]): void;
}

const scope = globalThis as unknown as Scope;
const playground = new Playground(
  (message, transfer = []) => scope.postMessage(message, transfer),
  () => createKernels(),
);
// A page hears of errors that its worker throws, and not of promises that it breaks.
scope.onunhandledrejection = ({ reason }) => {
  throw reason;
};
scope.onmessage = ({ data }) => void playground.receive(data);
