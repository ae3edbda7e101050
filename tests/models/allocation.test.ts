/** A training step allocates nothing: neither the JavaScript heap nor the arena grows over time. */
import { describe, expect, it } from '@jest/globals';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { lstm, lstmPeephole } from '../../cells/index.js';
import { adam, clipByGlobalNorm, createKernels, createRandom } from '../../engine/index.js';
import {
  bidirectional,
  createModel,
  createTrainer,
  dense,
  dropout,
  embedding,
  encoderDecoder,
  oneHot,
  recurrent,
  spatialDropout1D,
  unroll,
  type Graph,
  type Layer,
} from '../../models/index.js';
import { countWakes } from '../wakes.js';
import { allCells } from './fixtures.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const [T, V] = [5, 11];
/**
 * Measurements at most, until three in a row show no growth: what leaks does so in each. On a busy machine code is
 * still being compiled in the first ones, which adds to the heap; and what earlier tests left is given back, which
 * hides a leak.
 */
const TIMES = 24;
const IN_A_ROW = 3;
/** Bytes that a step may leave behind; every object is larger. */
const SLACK = 8;

describe.each([1, 2])('2,000 training steps on %d threads', (threads) => {
  it.each(allCells)('grow nothing: $name', async (cell) => {
    const layers = [
      embedding(8),
      bidirectional(cell, { units: 8, returnSequences: true }),
      recurrent(cell, { units: 8 }),
      dense(V),
    ];
    await expectNoGrowth(threads, layers, [6, 2000]);
  });
});

it('1,000 training steps of an encoder and a decoder grow nothing', async () => {
  const layers = [
    embedding(8),
    encoderDecoder(lstmPeephole, { units: 8, sourceSteps: 2, dropout: 0.2, recurrentDropout: 0.3 }),
    recurrent(lstm, { units: 8, returnSequences: true, goBackwards: true }),
    recurrent(lstm, { units: 8 }),
    dense(V),
  ];
  await expectNoGrowth(1, layers, [6, 1000]);
});

describe('training steps with every kind of dropout', () => {
  const dropping = { dropout: 0.2, recurrentDropout: 0.3 };
  const layersOf = (units: number) => [
    embedding(units),
    spatialDropout1D(0.2),
    bidirectional(lstm, { units, returnSequences: true, ...dropping }),
    dropout(0.5),
    recurrent(lstm, { units, ...dropping }),
    dense(V),
  ];

  it('grow nothing: little work, which one thread does', async () => {
    await expectNoGrowth(1, layersOf(8), [6, 1000]);
  });

  it('grow nothing: enough work for two threads', async () => {
    await expectNoGrowth(2, layersOf(40), [8, 250], (graph) => {
      // Threads share the work. (A batch of mostly padding is too small.)
      graph.mask!.data.fill(1);
      expect(countWakes(() => graph.forward())).toBeGreaterThan(0);
      expect(countWakes(() => graph.backward())).toBeGreaterThan(0);
    });
  });
});

/**
 * Trains a model and expects no growth.
 * @param then called with the graph before the kernels are closed
 */
async function expectNoGrowth(
  threads: number,
  layers: Layer[],
  [B, steps]: readonly [number, number],
  then: (graph: Graph) => void = () => {},
): Promise<void> {
  const kernels = await createKernels({ threads });
  const model = createModel({ kernels, input: oneHot(V), layers, seed: 1 });
  const trainer = createTrainer(model, adam(), clipByGlobalNorm(1));
  const graph = unroll(model, { batch: B, steps: T, loss: 'softmaxCrossEntropy', mask: true });
  const random = createRandom(1);
  const train = (count: number) => {
    for (let step = 0; step < count; step++) {
      // Batches of varying length and number of distinct words.
      const words = 1 + (step % V);
      for (let n = 0; n < T * B; n++) graph.input.data[n] = n % words;
      for (let n = 0; n < B; n++) graph.labels.data[n] = random.integer(V);
      graph.mask!.data.fill(1, 0, T * B);
      graph.mask!.data.fill(0, 0, (step % T) * B);
      trainer.step(graph);
      graph.carryStates();
    }
  };
  // Covers every kind of batch.
  train(300);
  const bytes = () => (kernels.zeros(1).data.buffer as SharedArrayBuffer).byteLength;
  const place = () => kernels.zeros(1).data.byteOffset;
  const size = bytes();
  const before = place();
  const growth: number[] = [];
  const isFlat = () => growth.length >= IN_A_ROW && Math.max(...growth.slice(-IN_A_ROW)) < SLACK * steps;
  while (growth.length < TIMES && !isFlat()) {
    collect();
    const heap = process.memoryUsage().heapUsed;
    train(steps);
    collect();
    growth.push(process.memoryUsage().heapUsed - heap);
  }
  expect(Math.max(...growth.slice(-IN_A_ROW))).toBeLessThan(SLACK * steps);
  // The new tensor directly follows the previous one.
  expect(place() - before).toBe(64);
  expect(bytes()).toBe(size);
  then(graph);
  await kernels.close();
}
