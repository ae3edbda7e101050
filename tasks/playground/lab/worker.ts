/** A worker of the lab. Exhibits are many and their networks small: each has one thread. */
import { createKernels } from '../../../models/index.js';
import { Lab } from './lab.js';
import type { FromLab, ToLab } from './protocol.js';

/** What we use of a worker's global object. The compiler knows it as part of the DOM only. */
interface Scope {
  onmessage: (event: { data: ToLab }) => void;
  onunhandledrejection: (event: { reason: unknown }) => void;
  postMessage(message: FromLab): void;
}

const scope = globalThis as unknown as Scope;
const lab = new Lab(
  (message) => scope.postMessage(message),
  () => createKernels({ threads: 1 }),
);
// A page hears of errors that its worker throws, and not of promises that it breaks.
scope.onunhandledrejection = ({ reason }) => {
  throw reason;
};
scope.onmessage = ({ data }) => void lab.receive(data);
