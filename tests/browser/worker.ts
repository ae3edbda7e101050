/** The worker of the page. */
import { trainOnThreads } from './train.js';

interface Scope {
  onmessage: ((event: { data: number }) => void) | null;
  postMessage(answer: unknown): void;
}

const scope = globalThis as unknown as Scope;
scope.onmessage = ({ data: threads }) => {
  trainOnThreads(threads).then(
    (trained) => scope.postMessage(trained),
    (error: Error) => scope.postMessage(error.message),
  );
};
