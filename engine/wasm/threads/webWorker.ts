/** The file of a thread in a browser. It has no `await` at its top, so that a script of any kind can be made of it. */
import { serve, type WorkerTask } from './serve.js';

interface Scope {
  onmessage: ((event: { data: WorkerTask }) => void) | null;
  postMessage(message: string): void;
}

const scope = globalThis as unknown as Scope;
scope.onmessage = ({ data }) => serve(data, () => scope.postMessage('ready'));
