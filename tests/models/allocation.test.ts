/** A training step allocates nothing: neither the JavaScript heap nor the arena grows however long it goes on. */
import { describe, expect, it } from '@jest/globals';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { adam, clipByGlobalNorm, createKernels, createRandom } from '../../engine/index.js';
import {
  bidirectional,
  createModel,
  createTrainer,
  dense,
  embedding,
  oneHot,
  recurrent,
  unroll,
} from '../../models/index.js';
import { allCells } from './toys.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const [B, T, V, STEPS] = [6, 5, 11, 2000];
/** Compiled code comes onto the heap now and then; what a step leaves behind is there after each 2,000. */
const TIMES = 4;
/** Bytes that the heap may be off by: 8 a step, and every object is larger. */
const SLACK = 16 * 1024;

describe.each([1, 2])('2,000 training steps on %d threads', (threads) => {
  it.each(allCells)('grow nothing: $name', async (cell) => {
    const kernels = await createKernels({ threads });
    const layers = [
      embedding(8),
      bidirectional(cell, { units: 8, returnSequences: true }),
      recurrent(cell, { units: 8 }),
      dense(V),
    ];
    const model = createModel({ kernels, input: oneHot(V), layers, seed: 1 });
    const trainer = createTrainer(model, adam(), clipByGlobalNorm(1));
    const graph = unroll(model, { batch: B, steps: T, loss: 'softmaxCrossEntropy', mask: true });
    const random = createRandom(1);
    const train = (steps: number) => {
      for (let step = 0; step < steps; step++) {
        // Batches of different lengths, and of few words or many.
        const words = 1 + (step % V);
        for (let n = 0; n < T * B; n++) graph.input.data[n] = n % words;
        for (let n = 0; n < B; n++) graph.labels!.data[n] = random.integer(V);
        graph.mask!.data.fill(1, 0, T * B);
        graph.mask!.data.fill(0, 0, (step % T) * B);
        trainer.step(graph);
        graph.carryStates();
      }
    };
    // Every kind of batch has come by.
    train(300);
    const bytes = () => (kernels.zeros(1).data.buffer as SharedArrayBuffer).byteLength;
    const place = () => kernels.zeros(1).data.byteOffset;
    const size = bytes();
    const before = place();
    const growth = Array.from({ length: TIMES }, () => {
      collect();
      const heap = process.memoryUsage().heapUsed;
      train(STEPS);
      collect();
      return process.memoryUsage().heapUsed - heap;
    });
    expect(Math.min(...growth)).toBeLessThan(SLACK);
    // The tensor made last stands right behind the one made before.
    expect(place() - before).toBe(64);
    expect(bytes()).toBe(size);
    await kernels.close();
  });
});
