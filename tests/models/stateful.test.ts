import { describe, expect, it } from '@jest/globals';
import { createRandom } from '../../engine/index.js';
import { unroll, type Graph } from '../../models/index.js';
import { float64 } from '../kernels.js';
import { entries, expectClose, randomize } from '../tensors.js';
import { allCells, B, cellsOnKernels, feed, finalStates, gradientsOf, toyModel, V } from './fixtures.js';

const loss = 'softmaxCrossEntropy';
const T = 3;

function outputs(graph: Graph, from: number): number[] {
  feed(graph, from);
  graph.forward();
  return entries(graph.output);
}

describe.each(cellsOnKernels)('a stateful graph of $title', ({ kernels, cell, tolerance }) => {
  const model = toyModel(kernels, cell, { layers: 2 });

  it('carryStates() makes two windows of T steps equal one of 2T', () => {
    const whole = outputs(unroll(model, { batch: B, steps: 2 * T }), 0);
    const half = unroll(model, { batch: B, steps: T });
    const first = outputs(half, 0);
    half.carryStates();
    expectClose([...first, ...outputs(half, T)], whole, tolerance);
  });

  it('without carryStates() every window starts from the same state', () => {
    const graph = unroll(model, { batch: B, steps: T });
    const first = outputs(graph, 0);
    outputs(graph, T);
    expect(outputs(graph, 0)).toEqual(first);
  });

  it('resetStates() restarts from 0', () => {
    const graph = unroll(model, { batch: B, steps: T });
    const first = outputs(graph, 0);
    graph.carryStates();
    expect(outputs(graph, 0)).not.toEqual(first);
    graph.resetStates();
    expect(outputs(graph, 0)).toEqual(first);
  });

  it('starts from an initial state that the caller writes', () => {
    const carried = unroll(model, { batch: B, steps: T });
    const given = unroll(model, { batch: B, steps: T });
    outputs(carried, 0);
    carried.carryStates();
    for (const [layer, states] of Object.entries(carried.states)) {
      for (const [s, { initial }] of Object.entries(states)) {
        given.states[layer]![s]!.initial.data.set(entries(initial));
      }
    }
    expect(outputs(given, T)).toEqual(outputs(carried, T));
  });

  it('with `advance` the windows overlap: the next one starts `advance` steps after this one', () => {
    const whole = outputs(unroll(model, { batch: B, steps: 5 }), 0);
    const window = unroll(model, { batch: B, steps: 3, advance: 2 });
    outputs(window, 0);
    window.carryStates();
    expectClose(outputs(window, 2), whole.slice(2 * B * V), tolerance);
  });
});

describe.each(allCells)('truncated BPTT of $name', (cell) => {
  const model = toyModel(float64, cell);
  const stateGradient = (graph: Graph) =>
    Object.values(graph.states[cell.name]!).flatMap(({ gradient }) => entries(gradient!));

  /** The second of two windows, ready to run. */
  function secondWindow(): Graph {
    const graph = unroll(model, { batch: B, steps: T, loss, initialStateGradient: true });
    outputs(graph, 0);
    graph.carryStates();
    feed(graph, T);
    return graph;
  }

  it('sends no gradient from the second window into the first: its initial state is a constant', () => {
    const carried = gradientsOf(secondWindow());
    const constant = unroll(model, { batch: B, steps: T, loss });
    const source = secondWindow().states[cell.name]!;
    for (const s of cell.states)
      constant.states[cell.name]![s]!.initial.data.set(entries(source[s]!.initial));
    feed(constant, T);
    expect(gradientsOf(constant)).toEqual(carried);
  });

  it('differs from full BPTT over both windows, which has the same forward pass', () => {
    // Both have the same loss: that of the second window.
    const full = unroll(model, { batch: B, steps: 2 * T, loss, weights: true });
    feed(full);
    full.weights!.data.fill(0, 0, T * B);
    const truncated = secondWindow();
    expectClose(truncated.forward(), full.forward(), 1e-12);
    const [a, b] = [gradientsOf(truncated), gradientsOf(full)];
    expect(Math.max(...a.map((g, n) => Math.abs(g - b[n]!)))).toBeGreaterThan(1e-3);
  });

  it('has the gradient of its initial state, and replaces it in the next backward pass', () => {
    const graph = secondWindow();
    gradientsOf(graph);
    const first = stateGradient(graph);
    expect(Math.max(...first.map(Math.abs))).toBeGreaterThan(1e-3);
    gradientsOf(graph);
    expect(stateGradient(graph)).toEqual(first);
  });

  it('adds up to the full gradient when the state gradient is passed on by hand', () => {
    // Truncation omits dLoss/dparameters of the first window, given the gradient of its final state.
    const full = unroll(model, { batch: B, steps: 2 * T, loss, weights: true });
    feed(full);
    full.weights!.data.fill(0, 0, T * B);
    const expected = gradientsOf(full);

    const second = secondWindow();
    const truncated = gradientsOf(second);
    const direction = second.states[cell.name]!;
    const first = unroll(model, { batch: B, steps: T });
    feed(first);
    // <final state, its gradient> as a function of the parameters, differentiated along a random direction.
    const { values } = model.parameters;
    const kept = entries(values);
    const v = float64.zeros(values.size);
    randomize(v, createRandom(23));
    const valueAt = (distance: number) => {
      values.data.set(kept.map((w, n) => w + distance * v.data[n]!));
      first.forward();
      values.data.set(kept);
      const weights = cell.states.flatMap((s) => entries(direction[s]!.gradient!));
      return finalStates(first).reduce((sum, state, n) => sum + state * weights[n]!, 0);
    };
    const missing = (valueAt(1e-5) - valueAt(-1e-5)) / 2e-5;
    const along = (g: readonly number[]) => g.reduce((sum, value, n) => sum + value * v.data[n]!, 0);
    expectClose(along(truncated) + missing, along(expected), 1e-8);
  });
});
