import { describe, expect, it } from '@jest/globals';
import type { Tensor } from '../../engine/index.js';
import { unroll, type Graph, type GraphNode } from '../../models/index.js';
import { allKernels, float64 } from '../kernels.js';
import { entries, expectClose } from '../tensors.js';
import { allCells, B, D, feed, sameMemory, toyModel, V } from './fixtures.js';

const loss = 'softmaxCrossEntropy';
const T = 3;
const nodeNamed = (graph: Graph, name: string): GraphNode => graph.nodes.find((node) => node.name === name)!;

describe.each(allCells)('unroll(model, options) with $name', (cell) => {
  it('lists the nodes in execution order, each with its name and time', () => {
    const graph = unroll(toyModel(float64, cell, { layers: 2 }), { batch: B, steps: T, loss });
    const c = cell.name;
    expect(graph.nodes.map(({ name, time }) => [name, time])).toEqual([
      [c, null],
      [`${c}@0`, 0],
      [`${c}@1`, 1],
      [`${c}@2`, 2],
      [`${c}2`, null],
      [`${c}2@0`, 0],
      [`${c}2@1`, 1],
      [`${c}2@2`, 2],
      ['dense', null],
      ['softmaxCrossEntropy', null],
    ]);
  });

  it('connects the steps: a step reads the state that the previous step wrote', () => {
    const graph = unroll(toyModel(float64, cell), { batch: B, steps: T });
    for (let t = 1; t < T; t++) {
      const before = nodeNamed(graph, `${cell.name}@${t - 1}`).writes;
      const { reads } = nodeNamed(graph, `${cell.name}@${t}`);
      for (const s of cell.states) {
        expect(sameMemory(reads[`${s}Prev`] as Tensor, before[s]!)).toBe(true);
      }
    }
  });

  it('connects the layers: a layer reads what the layer below wrote', () => {
    const graph = unroll(toyModel(float64, cell, { layers: 2 }), { batch: B, steps: T });
    feed(graph);
    graph.forward();
    const x = nodeNamed(graph, `${cell.name}2`).reads.x!;
    const states = [0, 1, 2].flatMap((t) => entries(nodeNamed(graph, `${cell.name}@${t}`).writes.h!));
    expect(entries(x)).toEqual(states);
  });

  it('shares the parameters: every step names the same ones and sees changes to them', () => {
    const model = toyModel(float64, cell);
    const graph = unroll(model, { batch: B, steps: T });
    const steps = [0, 1, 2].map((t) => nodeNamed(graph, `${cell.name}@${t}`));
    const W = model.parameters.list.find(({ name }) => name === `${cell.name}.W`)!;
    for (const step of steps) {
      expect(step.parameters).toEqual(steps[0]!.parameters);
      expect(step.parameters).toContain(W.name);
    }

    feed(graph);
    graph.forward();
    const before = steps.map((step) => entries(step.writes.h!));
    model.kernels.scale(W.value, 2);
    graph.forward();
    // Step 0 starts from a state of 0, which hides W.
    for (const t of [1, 2]) expect(entries(steps[t]!.writes.h!)).not.toEqual(before[t]);
  });

  it('names all parameters of the model and no others', () => {
    const model = toyModel(float64, cell, { layers: 2 });
    const graph = unroll(model, { batch: B, steps: T, loss });
    const named = new Set(graph.nodes.flatMap(({ parameters }) => parameters));
    expect([...named].sort()).toEqual(model.parameters.list.map(({ name }) => name).sort());
  });

  it('outputs all states with returnSequences, and the last one without', () => {
    const all = unroll(toyModel(float64, cell), { batch: B, steps: T });
    const last = unroll(toyModel(float64, cell, { returnSequences: false }), { batch: B, steps: T });
    for (const graph of [all, last]) {
      feed(graph);
      graph.forward();
    }
    expect(all.output.shape).toEqual([T * B, V]);
    expect(last.output.shape).toEqual([B, V]);
    expectClose(entries(last.output), entries(all.output).slice(-B * V), 1e-15);
  });
});

describe.each(allKernels)('unroll(model, options) on $name', ({ kernels }) => {
  const model = toyModel(kernels, allCells[0]!);

  it('has labels, mask, weights and inputGradient on request', () => {
    const bare = unroll(model, { batch: B, steps: T });
    expect([bare.labels, bare.mask, bare.weights, bare.inputGradient]).toEqual([null, null, null, null]);
    const graph = unroll(model, {
      batch: B,
      steps: T,
      loss,
      mask: true,
      weights: true,
      inputGradient: true,
      initialStateGradient: true,
    });
    expect(graph.labels.shape).toEqual([T * B]);
    expect(entries(graph.mask!)).toEqual(new Array(T * B).fill(1));
    expect(entries(graph.weights!)).toEqual(new Array(T * B).fill(1));
    expect(graph.inputGradient!.shape).toEqual([T * B, D]);
    const real = unroll(model, { batch: B, steps: T, loss: 'meanSquaredError' });
    expect(real.labels.shape).toEqual([T * B, V]);
  });

  it('returns NaN from forward() when the graph has no loss', () => {
    expect(unroll(model, { batch: B, steps: T }).forward()).toBeNaN();
  });

  it('refuses backward() in a graph that was not unrolled for training', () => {
    expect(() => unroll(model, { batch: B, steps: T }).backward()).toThrow('unrolled without `training`');
    const evaluation = unroll(model, { batch: B, steps: T, loss, training: false });
    expect(evaluation.forward()).toBeGreaterThan(0);
    expect(() => evaluation.backward()).toThrow('unrolled without `training`');
  });

  it('refuses backward() before forward()', () => {
    const graph = unroll(model, { batch: B, steps: T, loss });
    expect(() => graph.backward()).toThrow('backward: run forward first');
    feed(graph);
    graph.forward();
    graph.backward();
  });

  it('refuses a label that is not a class', () => {
    const graph = unroll(model, { batch: B, steps: T, loss });
    graph.labels.data[1] = V;
    expect(() => graph.forward()).toThrow(RangeError);
  });
});

describe('unroll(model, options)', () => {
  const model = toyModel(float64, allCells[0]!);

  it.each([
    [{ batch: 0, steps: 1 }, 'unroll: batch must be a whole number of at least 1, not 0'],
    [{ batch: 2.5, steps: 1 }, 'unroll: batch must be a whole number of at least 1, not 2.5'],
    [{ batch: 1, steps: NaN }, 'unroll: steps must be a whole number of at least 1, not NaN'],
    [{ batch: 1, steps: 4, advance: 0 }, 'unroll: advance must be a whole number of at least 1, not 0'],
    [{ batch: 1, steps: 4, advance: 5 }, 'unroll: advance 5 exceeds the 4 steps of a window'],
    [
      { batch: 1, steps: 200_001 },
      'unroll: 200001 steps are more than the 200000 that a graph can have; cut the sequence into windows and carry the states',
    ],
  ])('refuses %j', (options, message) => {
    expect(() => unroll(model, options)).toThrow(new RangeError(message));
  });
});
