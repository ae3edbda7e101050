/** PyTorch and Keras, each in its own Python process that takes turns on request: see peers.py. */
import { spawn } from 'node:child_process';
import os from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { countThreads } from '../kernelSets.js';
import type { Candidate } from '../steps/entry.js';
import type { Task, Values } from '../steps/task.js';

export type Library = 'pytorch' | 'keras';

export interface Peers {
  /** Each library on one thread and, if there are more cores, on all. */
  readonly candidates: readonly Candidate[];
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
  const versions: Record<string, string> = {};
  const missing: string[] = [];
  const processes: Python[] = [];
  for (const library of ['pytorch', 'keras'] as const) {
    for (const threads of cores > 1 ? [1, cores] : [1]) {
      const process = new Python(python, library, threads);
      try {
        const { version } = await process.answer<{ version: string }>();
        versions[library] = version;
        processes.push(process);
        const id = threads === 1 ? `${library}1` : `${library}All`;
        candidates.push(candidateOf(process, id, library, threads));
      } catch (error) {
        missing.push(`${library}: ${(error as Error).message}`);
        break;
      }
    }
  }
  return { candidates, versions, missing, close: () => processes.forEach((process) => process.close()) };
}

interface Built {
  losses: number[];
  setup: string;
  error?: string;
}

/** A process holds one step at a time, the last one built. */
const candidateOf = (python: Python, id: string, library: Library, threads: number): Candidate => ({
  id,
  name: `${library}, ${countThreads(threads)}`,
  threads,
  enter: async ({ spec, input, labels, weights }: Task) => {
    const { losses, setup, error } = await python.ask<Built>({
      step: spec,
      weights: weights.map((own) => own.map(encode)),
      input: encode(input),
      labels: encode(labels),
    });
    if (error) throw new Error(error);
    const takeTurn = async (seconds: number) =>
      (await python.ask<{ samples: number[] }>({ seconds })).samples;
    return { competitor: { id, name: `${library}, ${countThreads(threads)} (${setup})`, takeTurn }, losses };
  },
});

const encode = ({ shape, data }: Values) => ({
  shape,
  integer: data instanceof Int32Array,
  data: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64'),
});

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
