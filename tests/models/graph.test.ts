/** Running a graph, with every cell on all kernels. */
import { describe, expect, it } from '@jest/globals';
import { adam, clipByGlobalNorm, type Kernels } from '../../engine/index.js';
import {
  createModel,
  createTrainer,
  dense,
  features,
  oneHot,
  recurrent,
  unroll,
  type Graph,
} from '../../models/index.js';
import { entries, expectClose } from '../tensors.js';
import { B, cellsOnKernels, D, feed, gradientsOf, H, toyModel, V } from './fixtures.js';

const loss = 'softmaxCrossEntropy';
const T = 3;

describe.each(cellsOnKernels)('a graph of $title', ({ kernels, cell, tolerance }) => {
  it('allocates all buffers when unrolled, and none in training', () => {
    let allocations = 0;
    const counting: Kernels = {
      ...kernels,
      zeros: (...shape) => (allocations++, kernels.zeros(...shape)),
      indices: (...shape) => (allocations++, kernels.indices(...shape)),
    };
    const trainer = createTrainer(toyModel(counting, cell, { layers: 2 }), adam(), clipByGlobalNorm(1));
    const graph = unroll(trainer.model, {
      batch: B,
      steps: T,
      loss,
      mask: true,
      inputGradient: true,
      initialStateGradient: true,
    });
    expect(allocations).toBeGreaterThan(0);

    allocations = 0;
    for (let step = 0; step < 2; step++) {
      feed(graph, step);
      trainer.step(graph);
      graph.carryStates();
    }
    graph.resetStates();
    expect(allocations).toBe(0);
  });

  it('gives the same numbers on every run', () => {
    const graph = unroll(toyModel(kernels, cell), { batch: B, steps: T, loss });
    feed(graph);
    const first = [...gradientsOf(graph), graph.forward()];
    expect([...gradientsOf(graph), graph.forward()]).toEqual(first);
  });

  it('adds to the gradients: two passes double them', () => {
    const graph = unroll(toyModel(kernels, cell), { batch: B, steps: T, loss });
    feed(graph);
    const once = gradientsOf(graph);
    graph.forward();
    graph.backward();
    expectClose(
      entries(graph.model.parameters.gradients),
      once.map((g) => 2 * g),
      tolerance,
    );
  });

  it('treats symbols of oneHot(V) like the one-hot rows they stand for', () => {
    const models = [oneHot(V), features(V)].map((input) =>
      createModel({ kernels, input, layers: [recurrent(cell, { units: H }), dense(D)], seed: 4 }),
    );
    const [symbols, rows] = models.map((model) => unroll(model, { batch: B, steps: T, loss })) as [
      Graph,
      Graph,
    ];
    symbols.input.data.forEach((_, n, ids) => {
      ids[n] = (n * n + 3) % V;
      rows.input.data[n * V + ids[n]] = 1;
    });
    for (const graph of [symbols, rows]) graph.labels!.data.set([2, 0]);
    expectClose(gradientsOf(symbols), gradientsOf(rows), tolerance);
    expectClose(entries(symbols.output), entries(rows.output), tolerance);
  });
});
