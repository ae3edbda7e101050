/** Failing threads, and the end of threads. */
import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { createKernels } from '../../engine/index.js';
import { Arena } from '../../engine/wasm/platform/arena.js';
import { createThreadPool } from '../../engine/wasm/threads/threadPool.js';
import { loadBuild } from '../../engine/wasm/platform/load.js';
import { WebAssembly } from '../../engine/wasm/platform/webAssembly.js';

interface Exports {
  readonly useScratch: (address: number) => void;
  readonly replay: (program: number) => number;
  readonly SCRATCH_BYTES: { value: number };
}

/** Three threads, a program that does nothing and an invalid one. */
async function crewOfThree() {
  const { module } = (await loadBuild(['simd']))!;
  const arena = new Arena();
  const instance = new WebAssembly!.Instance(module, { env: { memory: arena.memory } });
  const { useScratch, replay, SCRATCH_BYTES } = instance.exports as Exports;
  useScratch(arena.reserve(SCRATCH_BYTES.value));
  const pool = await createThreadPool(arena, module, replay, SCRATCH_BYTES.value, 3);
  const nothing = arena.int32(1).byteOffset;
  const nonsense = arena.int32(3);
  nonsense.set([2, 9999, 0]);
  return { pool, nothing, nonsense: nonsense.byteOffset };
}

describe('a pool', () => {
  it('reports in one line that a thread has failed, immediately and at every later replay', async () => {
    const { pool, nothing, nonsense } = await crewOfThree();
    expect(pool.replay([nothing, nothing, nothing])).toBe(true);
    const refusal = /^a thread of the kernels failed: it crashed in a kernel; try a single thread/;
    for (const programs of [
      [nothing, nonsense, nothing],
      [nothing, nothing, nothing],
      [nothing, nothing],
    ]) {
      expect(() => pool.replay(programs)).toThrow(refusal);
    }
    await pool.close();
  });

  it('refuses to replay after its threads have ended', async () => {
    const { pool, nothing } = await crewOfThree();
    await pool.close();
    expect(() => pool.replay([nothing, nothing])).toThrow('these kernels are closed');
  });

  it('refuses to replay as soon as it is being closed', async () => {
    const { pool, nothing } = await crewOfThree();
    const closing = pool.close();
    for (const programs of [[nothing, nothing], [nothing]])
      expect(() => pool.replay(programs)).toThrow('these kernels are closed');
    await closing;
  });

  it.each([0, -1, 1.5, NaN])('cannot have %d threads', async (threads) => {
    await expect(createKernels({ threads })).rejects.toThrow(RangeError);
  });
});

/** Runs a module in its own process, which trains a step on 3 threads and does not end the threads. */
function runAlone(before: string, steps = 1) {
  const models = new URL('../../models/index.js', import.meta.url).href;
  const script = `
    ${before}
    const { createKernels, createModel, createTrainer, dense, lstm, oneHot, recurrent, sgd, unroll } =
      await import('${models}');
    const kernels = await createKernels({ threads: 3 });
    const layers = [recurrent(lstm, { units: 64 }), dense(9)];
    const model = createModel({ kernels, input: oneHot(9), layers, seed: 1 });
    const graph = unroll(model, { batch: 24, steps: 9, loss: 'softmaxCrossEntropy' });
    const trainer = createTrainer(model, sgd());
    for (let n = 0; n < ${steps}; n++) trainer.step(graph);
    console.log(kernels.threads, trainer.step(graph).toFixed(6));
  `;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    timeout: 30_000,
  });
  return { status, printed: stdout.trim(), stderr };
}

describe('a program with threads', () => {
  it('exits when it is done', () => {
    expect(runAlone('')).toEqual({ status: 0, printed: expect.stringMatching(/^3 2\.\d+$/), stderr: '' });
  });

  it('exits when it throws', () => {
    const { status, stderr } = runAlone('setTimeout(() => { throw new Error("mine"); });', 3);
    expect(status).toBe(1);
    expect(stderr).toContain('mine');
  });

  it('has one thread and trains to the same loss if SharedArrayBuffer is missing', () => {
    const alone = runAlone('delete globalThis.SharedArrayBuffer;');
    expect(alone.status).toBe(0);
    expect(alone.printed).toMatch(/^1 2\.\d+$/);
    const loss = ({ printed }: { printed: string }) => Number(printed.split(' ')[1]);
    expect(loss(alone)).toBeCloseTo(loss(runAlone('')), 5);
  });
});
