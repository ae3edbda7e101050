import { describe, expect, it } from '@jest/globals';
import { unroll, type Graph, type Model } from '../../models/index.js';
import { entries, expectClose } from '../tensors.js';
import { cellsOnKernels, D, gradientsOf, H, inputRows, toyModel, V } from './fixtures.js';

const loss = 'softmaxCrossEntropy';
const T = 5;
/** Real steps of each example of a batch: all, about half, one. */
const LENGTHS = [5, 3, 1];
const B = LENGTHS.length;

/** The first real step of an example of this length in the padded sequence. */
const paddings = {
  'after the sequence': () => 0,
  'before the sequence': (length: number) => T - length,
};

const sequence = (b: number) => inputRows(0, LENGTHS[b]!, D, 30 + b);
const label = (b: number, t: number) => (2 * b + t) % V;

/** The batch, padded to T steps with large numbers that would show in any result. */
function paddedGraph(model: Model, start: (length: number) => number, allSteps: boolean): Graph {
  const options = {
    batch: B,
    steps: T,
    loss,
    mask: true,
    weights: allSteps,
    inputGradient: true,
    initialStateGradient: true,
  } as const;
  const graph = unroll(model, options);
  graph.input.data.fill(100);
  graph.mask!.data.fill(0);
  LENGTHS.forEach((length, b) => {
    for (let t = 0; t < length; t++) {
      const row = (start(length) + t) * B + b;
      graph.input.data.set(sequence(b).slice(t * D, (t + 1) * D), row * D);
      graph.mask!.data[row] = 1;
      if (allSteps) graph.labels.data[row] = label(b, t);
    }
    if (!allSteps) graph.labels.data[b] = label(b, length - 1);
  });
  graph.weights?.data.set(graph.mask!.data);
  return graph;
}

/** One example alone, without padding. */
function shortGraph(model: Model, b: number, allSteps: boolean): Graph {
  const steps = LENGTHS[b]!;
  const graph = unroll(model, { batch: 1, steps, loss, inputGradient: true, initialStateGradient: true });
  graph.input.data.set(sequence(b));
  graph.labels.data.forEach((_, t, data) => (data[t] = label(b, allSteps ? t : steps - 1)));
  return graph;
}

describe.each(cellsOnKernels)('a masked graph of $title', ({ kernels, cell, tolerance }) => {
  describe.each(Object.entries(paddings))('with padding %s', (_, start) => {
    describe.each([
      ['the last state', false],
      ['all states', true],
    ])('and %s as output', (_, allSteps) => {
      const model = toyModel(kernels, cell, { layers: 2, returnSequences: allSteps });
      const padded = paddedGraph(model, start, allSteps);
      const gradients = gradientsOf(padded);
      const alone = LENGTHS.map((_, b) => {
        const graph = shortGraph(model, b, allSteps);
        return { graph, gradients: gradientsOf(graph), loss: graph.forward() };
      });
      // A short graph's loss is the mean over its own rows, the padded graph's is the mean over all real
      // rows.
      const share = LENGTHS.map((length) => (allSteps ? length / (5 + 3 + 1) : 1 / B));
      const eachState = Object.entries(padded.states).flatMap(([layer, states]) =>
        Object.keys(states).map((s) => [layer, s] as const),
      );

      it('ends in the same states as each sequence without padding', () => {
        for (const [layer, s] of eachState) {
          const expected = alone.flatMap(({ graph }) => entries(graph.states[layer]![s]!.final));
          expectClose(entries(padded.states[layer]![s]!.final), expected, tolerance);
        }
      });

      it('has the same loss', () => {
        const expected = alone.reduce((sum, { loss }, b) => sum + share[b]! * loss, 0);
        expectClose(padded.forward(), expected, tolerance);
      });

      it('has the same gradients of the parameters', () => {
        const expected = gradients.map((_, n) =>
          alone.reduce((sum, { gradients }, b) => sum + share[b]! * gradients[n]!, 0),
        );
        expectClose(gradients, expected, tolerance);
      });

      it('has the same gradients of the initial states', () => {
        for (const [layer, s] of eachState) {
          const expected = alone.flatMap(({ graph }, b) =>
            entries(graph.states[layer]![s]!.gradient!).map((g) => share[b]! * g),
          );
          expectClose(entries(padded.states[layer]![s]!.gradient!), expected, tolerance);
        }
      });

      it('has the same gradients of the input, and 0 where there is padding', () => {
        const expected = new Array<number>(T * B * D).fill(0);
        alone.forEach(({ graph }, b) =>
          entries(graph.inputGradient!).forEach((g, n) => {
            const t = start(LENGTHS[b]!) + Math.floor(n / D);
            expected[(t * B + b) * D + (n % D)] = share[b]! * g;
          }),
        );
        expectClose(entries(padded.inputGradient!), expected, tolerance);
      });
    });
  });

  it('with a mask of 1s equals a graph without a mask', () => {
    const model = toyModel(kernels, cell);
    const [masked, plain] = [true, false].map((mask) => {
      const graph = unroll(model, { batch: 2, steps: T, loss, mask });
      graph.input.data.set(inputRows(0, 2 * T));
      return graph;
    }) as [Graph, Graph];
    expect(gradientsOf(masked)).toEqual(gradientsOf(plain));
    expect(masked.forward()).toBe(plain.forward());
  });

  it('with a mask of 0s keeps the initial state and passes its gradient through', () => {
    const model = toyModel(kernels, cell, { returnSequences: false });
    const graph = unroll(model, { batch: 1, steps: T, loss, mask: true, initialStateGradient: true });
    const { initial, final, gradient } = graph.states[cell.name]!.h!;
    graph.mask!.data.fill(0);
    initial.data.set(inputRows(0, 1, H));
    gradientsOf(graph);
    expect(entries(final)).toEqual(entries(initial));

    // The logits are h V + c, so dh = dlogits Vᵀ and dc = dlogits.
    const [V, c] = model.parameters.list.slice(-2);
    const dLogits = entries(c!.gradient);
    const dh = Array.from({ length: H }, (_, h) =>
      dLogits.reduce((sum, d, n) => sum + d * V!.value.get(h, n), 0),
    );
    expectClose(entries(gradient!), dh, tolerance);
  });
});
