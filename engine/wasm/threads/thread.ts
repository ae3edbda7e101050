/** How a platform starts a thread. package.json's "imports" names the file that does: `#thread`. */
import type { WorkerTask } from './serve.js';

export interface Thread {
  /** Lets the process end before the thread does. */
  unref(): void;
  /** @returns whether it has ended by then; some platforms do not tell */
  terminate(): Promise<boolean>;
}

/**
 * @param isReady is called once, when the thread waits for programs
 * @param hasFailed is called when the thread cannot start, crashes or exits
 */
export type StartThread = (
  task: WorkerTask,
  isReady: () => void,
  hasFailed: (error: Error) => void,
) => Promise<Thread>;
