/** What a thread of the kernels does: it replays the programs it receives. It knows nothing of models, only memory. */
import { DONE, FAILED, NOT_FOUND, send, waitFor } from './mailbox.js';
import { WebAssembly, type Memory, type Module } from '../platform/webAssembly.js';

export interface WorkerTask {
  readonly module: Module;
  readonly memory: Memory;
  /** Address of this thread's scratch memory. */
  readonly scratch: number;
  /** Address of this thread's mailbox. */
  readonly mailbox: number;
}

interface Exports {
  readonly useScratch: (address: number) => void;
  readonly replay: (program: number) => number;
}

/** Says once that it is ready, and never returns. */
export function serve({ module, memory, scratch, mailbox }: WorkerTask, ready: () => void): never {
  const { useScratch, replay } = new WebAssembly!.Instance(module, { env: { memory } }).exports as Exports;
  useScratch(scratch);
  const words = new Int32Array(memory.buffer, mailbox, 1);
  ready();

  for (;;) {
    const program = waitFor(words, true);
    let answer = FAILED;
    try {
      answer = replay(program) < 0 ? DONE : NOT_FOUND;
    } finally {
      send(words, answer);
    }
  }
}
