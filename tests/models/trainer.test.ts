import { describe, expect, it } from '@jest/globals';
import { adam, clipByGlobalNorm, InputError, rmsprop, sgd } from '../../engine/index.js';
import {
  createModel,
  createTrainer,
  dense,
  oneHot,
  recurrent,
  unroll,
  type Graph,
} from '../../models/index.js';
import { entries, expectClose } from '../tensors.js';
import { B, cellsOnKernels, feed, gradientsOf, toyModel } from './fixtures.js';

const loss = 'softmaxCrossEntropy';
const T = 3;

describe.each(cellsOnKernels)('createTrainer(model, optimizer, clip) with $title', (subject) => {
  const { kernels, cell, tolerance } = subject;

  function toy() {
    const model = toyModel(kernels, cell);
    const graph = unroll(model, { batch: B, steps: T, loss });
    feed(graph);
    return { model, graph };
  }

  it('does not count a step whose schedule throws, and changes no parameter', () => {
    const { model, graph } = toy();
    const rate = () => {
      throw new Error('no rate');
    };
    const trainer = createTrainer(model, sgd({ rate }));
    const before = entries(model.parameters.values);
    expect(() => trainer.step(graph)).toThrow('no rate');
    expect(trainer.steps).toBe(0);
    expect(entries(model.parameters.values)).toEqual(before);
  });

  it('lowers the loss on a toy task: recalling the first of four symbols', () => {
    const symbols = 3;
    const model = createModel({
      kernels,
      input: oneHot(symbols),
      layers: [recurrent(cell, { units: 8 }), dense(symbols)],
      seed: 1,
    });
    // All 3⁴ sequences at once.
    const graph = unroll(model, { batch: symbols ** 4, steps: 4, loss });
    for (let b = 0; b < graph.batch; b++) {
      for (let t = 0; t < 4; t++)
        graph.input.data[t * graph.batch + b] = Math.floor(b / symbols ** t) % symbols;
      graph.labels.data[b] = b % symbols;
    }
    const trainer = createTrainer(model, adam({ rate: 0.05 }));
    const first = trainer.step(graph);
    for (let step = 0; step < 60; step++) trainer.step(graph);
    expect(first).toBeGreaterThan(0.5 * Math.log(symbols));
    expect(graph.forward()).toBeLessThan(0.1);
  });

  it('step(graph) takes one optimizer step along the clipped gradient and returns the loss before it', () => {
    const { model, graph } = toy();
    const start = entries(model.parameters.values);
    const gradient = gradientsOf(graph);
    const before = graph.forward();
    const norm = Math.hypot(...gradient);

    const trainer = createTrainer(model, sgd({ rate: 2 }), clipByGlobalNorm(norm / 4));
    expect(trainer.step(graph)).toBe(before);
    expectClose(
      entries(model.parameters.values),
      start.map((w, n) => w - 0.5 * gradient[n]!),
      tolerance,
    );
  });

  it('step(graph) starts from gradients of 0', () => {
    const { model, graph } = toy();
    const gradient = gradientsOf(graph);
    kernels.fill(model.parameters.gradients, 1000);
    createTrainer(model, sgd({ rate: 0 })).step(graph);
    expect(entries(model.parameters.gradients)).toEqual(gradient);
  });

  it('counts its steps, and names the memory of the optimizer', () => {
    const { model, graph } = toy();
    const trainer = createTrainer(model, adam());
    trainer.step(graph);
    trainer.step(graph);
    expect(trainer.steps).toBe(2);
    expect(Object.keys(trainer.memory)).toEqual(['mean', 'meanSquare']);
    for (const t of Object.values(trainer.memory)) expect(Math.hypot(...entries(t))).toBeGreaterThan(0);
  });

  describe('when numbers are no longer finite, leaves parameters, memory and step count unchanged, and', () => {
    /** A trainer that has taken a step, a step that fails, and whether that step changed anything. */
    function failing(spoil: (graph: Graph) => Graph) {
      const { model, graph } = toy();
      const trainer = createTrainer(model, rmsprop());
      trainer.step(graph);
      const all = () => [
        entries(model.parameters.values),
        entries(trainer.memory.meanSquare!),
        trainer.steps,
      ];
      const before = all();
      return { step: () => trainer.step(spoil(graph)), unchanged: () => expect(all()).toEqual(before) };
    }

    it('stops at a NaN loss, with step, tensor and a hint', () => {
      const { step, unchanged } = failing((graph) => {
        graph.states[cell.name]!.h!.initial.data[0] = NaN;
        return graph;
      });
      expect(step).toThrow(InputError);
      expect(step).toThrow(`the loss is NaN at step 2, first seen in ${cell.name}.a: clip the gradient`);
      unchanged();
    });

    it('stops at an infinite loss likewise', () => {
      const { step, unchanged } = failing((graph) => ({ ...graph, forward: () => Infinity }));
      expect(step).toThrow('the loss is Infinity at step 2, first seen in the last layer: clip');
      unchanged();
    });

    it('names a parameter that was not finite before the step', () => {
      const { step } = failing((graph) => {
        graph.model.parameters.list[1]!.value.data[0] = NaN;
        return graph;
      });
      expect(step).toThrow(`first seen in ${cell.name}.W: `);
    });

    it('stops at a NaN or infinite gradient, with tensor, step and a hint', () => {
      const { list } = toy().model.parameters;
      for (const [index, { name }] of list.entries()) {
        for (const value of [NaN, Infinity, -Infinity]) {
          const { step, unchanged } = failing((graph) => ({
            ...graph,
            backward: () => graph.model.parameters.list[index]!.gradient.data.set([value]),
          }));
          expect(step).toThrow(InputError);
          expect(step).toThrow(`the gradient of ${name} is not finite at step 2: clip the gradient`);
          unchanged();
        }
      }
    });
  });
});
