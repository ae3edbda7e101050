/** The page's worker: the only file that runs the library in a browser. */
import { createKernels } from '../../../models/index.js';
import type { FromWorker, ToWorker } from '../protocol.js';
import { Playground } from './playground.js';

/** What we use of a worker's global object. The compiler knows it as part of the DOM only. */
interface Scope {
  onmessage: (event: { data: ToWorker }) => void;
  postMessage(message: FromWorker, transfer: readonly ArrayBufferLike[]): void;
}

const scope = globalThis as unknown as Scope;
const playground = new Playground(
  (message, transfer = []) => scope.postMessage(message, transfer),
  () => createKernels(),
);
scope.onmessage = ({ data }) => void playground.receive(data);
