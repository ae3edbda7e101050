/** Data that cannot be right are told as such: array, example, step and entry, and what is allowed. */
import { describe, expect, it } from '@jest/globals';
import { lstm } from '../../cells/index.js';
import * as nn from '../../models/index.js';
import { allKernels, float64 } from '../kernels.js';
import { trainerOf } from './toyFit.js';

const [B, T, D] = [3, 6, 2];
/** The row of step 5 of example 2. */
const ROW = 5 * B + 2;

type Options = Partial<nn.UnrollOptions>;

function graphOn(kernels: nn.Kernels, options: Options = {}, input = nn.features(D)): nn.Graph {
  const layers = [nn.recurrent(lstm, { units: 4, returnSequences: true }), nn.dense(3)];
  const model = nn.createModel({ kernels, input, layers });
  return nn.unroll(model, { batch: B, steps: T, loss: 'softmaxCrossEntropy', ...options });
}

describe.each(allKernels)('on kernels.$name', ({ kernels }) => {
  const symbols = nn.oneHot(4);

  it.each<[string, Options, nn.InputSpec, (graph: nn.Graph) => void]>([
    ['label 3 of example 2, step 5: classes are 0 to 2', {}, symbols, (g) => (g.labels!.data[ROW] = 3)],
    ['label -1 of example 2, step 5: classes are 0 to 2', {}, symbols, (g) => (g.labels!.data[ROW] = -1)],
    ['symbol 4 of example 2, step 5: symbols are 0 to 3', {}, symbols, (g) => (g.input.data[ROW] = 4)],
    [
      'mask 0.5 of example 2, step 5: a mask is 1 for a real step, 0 for padding',
      { mask: true },
      symbols,
      (g) => (g.mask!.data[ROW] = 0.5),
    ],
    [
      'weight -1 of example 2, step 5: weights are finite and not negative',
      { weights: true },
      symbols,
      (g) => (g.weights!.data[ROW] = -1),
    ],
    [
      'weight NaN of example 0, step 0: weights are finite and not negative',
      { weights: true },
      symbols,
      (g) => g.weights!.data.set([NaN]),
    ],
    [
      'target 7 of example 2, step 5, entry 1: targets are 0 to 1',
      { loss: 'binaryCrossEntropy' },
      symbols,
      (g) => (g.labels!.data[ROW * 3 + 1] = 7),
    ],
    [
      'target NaN of example 2, step 5, entry 0: targets are 0 to 1',
      { loss: 'binaryCrossEntropy' },
      symbols,
      (g) => (g.labels!.data[ROW * 3] = NaN),
    ],
  ])('a pass refuses %s', (message, options, input, spoil) => {
    const graph = graphOn(kernels, options, input);
    expect(graph.forward()).toBeGreaterThan(0);
    spoil(graph);
    expect(() => graph.forward()).toThrow(RangeError);
    expect(() => graph.forward()).toThrow(message);
  });

  it.each<[string, Options, (graph: nn.Graph) => void]>([
    [
      'the loss is NaN at step 1, because of input NaN of example 2, step 5, entry 1: inputs are finite numbers',
      {},
      (g) => (g.input.data[ROW * D + 1] = NaN),
    ],
    [
      'not finite at step 1, because of input Infinity of example 2, step 5, entry 0: inputs are finite numbers',
      {},
      (g) => (g.input.data[ROW * D] = Infinity),
    ],
    [
      'the loss is NaN at step 1, because of target NaN of example 2, step 5, entry 2: targets are finite numbers',
      { loss: 'meanSquaredError' },
      (g) => (g.labels!.data[ROW * 3 + 2] = NaN),
    ],
    [
      'all rows of the batch have weight 0 at step 1: leave such examples out',
      { weights: true },
      (g) => g.weights!.data.fill(0),
    ],
    [
      'all rows of the batch have weight 0 at step 1: leave such examples out',
      { mask: true },
      (g) => g.mask!.data.fill(0),
    ],
  ])('a trainer says: %s', (message, options, spoil) => {
    const graph = graphOn(kernels, options);
    spoil(graph);
    const trainer = nn.createTrainer(graph.model, nn.adam());
    expect(() => trainer.step(graph)).toThrow(nn.InputError);
    expect(() => trainer.step(graph)).toThrow(message);
    expect(() => trainer.step(graph)).not.toThrow('clip');
    expect(trainer.steps).toBe(0);
  });
});

describe('fit and evaluators', () => {
  const layers = [nn.recurrent(lstm, { units: 3 }), nn.dense(4)];
  const trainer = trainerOf(float64, layers);
  const unroll = { steps: 3, loss: 'softmaxCrossEntropy' } as const;
  const examples = (write: nn.Examples['write']): nn.Examples => ({ count: 9, write });
  const run = (write: nn.Examples['write']) =>
    nn.fit(trainer, examples(write), { epochs: 1, batch: 4, unroll, shuffle: nn.createRandom(1) });
  const evaluate = (write: nn.Examples['write'], options = {}) =>
    nn.createEvaluator(trainer.model, { batch: 4, unroll: { ...unroll, ...options } })(examples(write));

  it('number the example as the caller does', async () => {
    const write: nn.Examples['write'] = (graph, row, index) => {
      for (let t = 0; t < 3; t++) graph.input.data[t * graph.batch + row] = 0;
      graph.labels!.data[row] = index === 7 ? 4 : 0;
    };
    const message = 'label 4 of example 7: classes are 0 to 3';
    await expect(run(write)).rejects.toThrow(message);
    await expect(evaluate(write)).rejects.toThrow(message);
  });

  it('notice what examples do not write', async () => {
    const noInput: nn.Examples['write'] = (graph, row) => {
      for (let t = 0; t < 2; t++) graph.input.data[t * graph.batch + row] = 0;
      graph.labels!.data[row] = 0;
    };
    await expect(run(noInput)).rejects.toThrow(/symbol -1 of example \d, step 2: symbols are 0 to 3/);
    const noLabel: nn.Examples['write'] = (graph, row) => {
      for (let t = 0; t < 3; t++) graph.input.data[t * graph.batch + row] = 0;
    };
    await expect(evaluate(noLabel)).rejects.toThrow('label -1 of example 0: classes are 0 to 3');
  });

  it('refuse what arrays cannot hold: more labels than the loss has, and fractions of classes', async () => {
    const everyStep: nn.Examples['write'] = (graph, row) => {
      for (let t = 0; t < 3; t++) graph.labels!.data[t * graph.batch + row] = 0;
    };
    await expect(evaluate(everyStep)).rejects.toThrow(
      'example 0 writes 0 to entry 4 of labels: there are 4 numbers',
    );
    const fraction: nn.Examples['write'] = (graph, row, index) => {
      graph.labels!.data[row] = index === 2 ? 1.7 : 0;
    };
    await expect(evaluate(fraction)).rejects.toThrow(
      'example 2 writes 1.7 to entry 2 of labels: there are 4 whole numbers',
    );
  });

  it('let examples write as they like', async () => {
    const write: nn.Examples['write'] = ({ input, labels, batch }, row) => {
      if (row === 0) input.data.fill(0);
      input.set(batch + row, 1);
      nn.rows(input as nn.Tensor, 2 * batch + row, 2 * batch + row + 1).data.set([2]);
      labels!.data.set([3], row);
      expect(nn.isIndices(labels!)).toBe(true);
      expect([...input.data].slice(-1).concat(labels!.data.length)).toEqual([
        row === batch - 1 ? 2 : 0,
        batch,
      ]);
    };
    expect(await evaluate(write)).toBeGreaterThan(0);
  });

  it('refuse held-out examples that all have weight 0', async () => {
    const write: nn.Examples['write'] = (graph, row) => {
      for (let t = 0; t < 3; t++) graph.input.data[t * graph.batch + row] = 0;
      [graph.labels!.data[row], graph.weights!.data[row]] = [0, 0];
    };
    await expect(evaluate(write, { weights: true })).rejects.toThrow('evaluate: all examples have weight 0');
  });
});
