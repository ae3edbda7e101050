/**
 * PyTorch, Keras and ONNX Runtime, each in its own Python process that takes turns on request: see peers.py.
 */
import { spawn } from 'node:child_process';
import os from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { countThreads } from '../kernelSets.js';
import type { TurnTaker } from '../turns.js';
import type { Candidate } from '../steps/entry.js';
import type { ForwardTask, Task, Values } from '../steps/task.js';

const LIBRARIES = ['pytorch', 'keras', 'onnxruntime'] as const;
type Library = (typeof LIBRARIES)[number];

/** A library on a number of threads. It holds one task at a time, the last one built. */
export interface Peer {
  readonly id: string;
  readonly name: string;
  readonly threads: number;
  /** @throws Error if the library cannot do this task */
  readonly build: (task: Task | ForwardTask) => Promise<Built>;
}

export interface Built {
  readonly competitor: TurnTaker;
  /** Of a training step: the losses before the first and the second step, as far as they are comparable. */
  readonly losses?: readonly number[];
  /** Of a forward pass. */
  readonly outputs?: Float32Array;
}

export interface Peers {
  /**
   * Each library on one thread and, if there are more cores, on all: those that train, and those that do not.
   */
  readonly candidates: readonly Candidate[];
  readonly forwardOnly: readonly Peer[];
  /** By library, for those installed. */
  readonly versions: Readonly<Record<string, string>>;
  /** The missing libraries, and why. */
  readonly missing: readonly string[];
  close(): void;
}

/** @param python the interpreter to run */
export async function startPeers(python: string): Promise<Peers> {
  const cores = os.availableParallelism();
  const candidates: Candidate[] = [];
  const forwardOnly: Peer[] = [];
  const versions: Record<string, string> = {};
  const missing: string[] = [];
  const processes: Python[] = [];
  for (const library of LIBRARIES) {
    for (const threads of cores > 1 ? [1, cores] : [1]) {
      const process = new Python(python, library, threads);
      try {
        const { version } = await process.answer<{ version: string }>();
        versions[library] = version;
        processes.push(process);
        const peer = peerOf(process, library, threads);
        if (library === 'onnxruntime') forwardOnly.push(peer);
        else candidates.push(candidateOf(peer));
      } catch (error) {
        missing.push(`${library}: ${(error as Error).message}`);
        break;
      }
    }
  }
  const close = () => processes.forEach((process) => process.close());
  return { candidates, forwardOnly, versions, missing, close };
}

interface Answer {
  losses?: number[];
  outputs?: string;
  setup: string;
  error?: string;
}

function peerOf(python: Python, library: Library, threads: number): Peer {
  const id = threads === 1 ? `${library}1` : `${library}All`;
  const name = `${library}, ${countThreads(threads)}`;
  const takeTurn = async (seconds: number) => (await python.ask<{ samples: number[] }>({ seconds })).samples;
  return {
    id,
    name,
    threads,
    async build(task) {
      const { losses, outputs, setup, error } = await python.ask<Answer>({
        step: task.spec,
        weights: task.weights.map((own) => own.map(encode)),
        input: encode(task.input),
        ...('labels' in task && { labels: encode(task.labels) }),
      });
      if (error) throw new Error(error);
      const competitor = { id, name: `${name} (${setup})`, takeTurn };
      return { competitor, ...(losses && { losses }), ...(outputs && { outputs: decode(outputs) }) };
    },
  };
}

const candidateOf = ({ id, name, threads, build }: Peer): Candidate => ({
  id,
  name,
  threads,
  enter: async (task) => {
    const { competitor, losses } = await build(task);
    return { competitor, losses: losses! };
  },
});

/** As peers read arrays. */
export const encode = ({ shape, data }: Values) => ({
  shape,
  integer: data instanceof Int32Array,
  data: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64'),
});

/** float32 in base64. */
export const decode = (text: string) => new Float32Array(Uint8Array.from(Buffer.from(text, 'base64')).buffer);

/** A Python process that answers each line of JSON with one. */
class Python {
  readonly #process;
  readonly #lines;
  #complaint = '';

  constructor(python: string, library: Library, threads: number) {
    const script = fileURLToPath(new URL('../../../bench/peers/peers.py', import.meta.url));
    this.#process = spawn(python, [script, library, `${threads}`]);
    this.#process.stderr.on(
      'data',
      (text: Buffer) => (this.#complaint = (this.#complaint + text.toString()).slice(-2000)),
    );
    const lines = createInterface(this.#process.stdout);
    this.#lines = lines[Symbol.asyncIterator]();
    // Ignored: if the process ends, so do its answers.
    this.#process.stdin.on('error', () => {});
    this.#process.on('error', ({ message }) => {
      this.#complaint = message;
      lines.close();
    });
  }

  ask<Answer>(request: object): Promise<Answer> {
    this.#process.stdin.write(`${JSON.stringify(request)}\n`);
    return this.answer();
  }

  async answer<Answer>(): Promise<Answer> {
    const line = await this.#lines.next();
    if (line.done) throw new Error(this.#complaint.trim().split('\n').at(-1) ?? 'it exited');
    return JSON.parse(line.value) as Answer;
  }

  close(): void {
    this.#process.stdin.end();
  }
}
