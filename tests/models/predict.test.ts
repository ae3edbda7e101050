/** predict: the bits of single, unpadded passes, whatever the lengths, batches and kernels. */
import { describe, expect, it } from '@jest/globals';
import {
  bidirectional,
  createModel,
  createRandom,
  dense,
  embedding,
  features,
  gru,
  lstm,
  oneHot,
  predict,
  recurrent,
  repeatVector,
  rnn,
  sequences,
  unroll,
  type Cell,
  type Layer,
  type Model,
} from '../../models/index.js';
import { allKernels, float64 } from '../kernels.js';
import { randomize } from '../tensors.js';

const [V, H, WIDTH] = [11, 5, 3];
const LENGTHS = [3, 1, 13, 7, 9, 9, 30, 2, 5];
const draw = createRandom(4);
const ids = LENGTHS.map((length) => Array.from({ length }, () => draw.integer(V)));
const numbers = LENGTHS.map((length) =>
  Array.from({ length }, () => Array.from({ length: WIDTH }, () => draw.normal())),
);

const last: Layer[] = [recurrent(lstm, { units: H }), dense(2)];
const every = (cell: Cell = gru): Layer[] => [recurrent(cell, { units: H, returnSequences: true }), dense(2)];
const models: Readonly<Record<string, readonly Layer[]>> = {
  'the last state': last,
  'every step': every(),
  'two directions': [bidirectional(lstm, { units: H, returnSequences: true }), dense(2)],
  'outputs from last to first': [recurrent(rnn, { units: H, goBackwards: true, returnSequences: true })],
  'a vector at fixed steps': [recurrent(gru, { units: H }), repeatVector(4), ...every(rnn)],
};

/** The output of a graph of one sequence, without padding. */
function alone(model: Model, x: readonly number[] | readonly (readonly number[])[]): number[] {
  const graph = unroll(model, { batch: 1, steps: x.length });
  graph.input.data.set(x.flat());
  graph.forward();
  const { data, offset, size } = graph.output;
  const output = Array.from(data.subarray(offset, offset + size));
  graph.dispose();
  return output;
}

describe.each(allKernels)('predict on $name', ({ kernels }) => {
  describe.each(Object.entries(models))('with %s', (_, layers) => {
    it.each([
      ['symbols', oneHot(V), ids],
      ['words', oneHot(V), ids],
      ['numbers', features(WIDTH), numbers],
    ])('of %s: has the bits of each sequence alone', async (kind, input, x) => {
      const all = kind === 'words' ? [embedding(4), ...layers] : layers;
      const model = createModel({ kernels, input, layers: all });
      randomize(model.parameters.values, createRandom(2));
      const expected = x.map((one) => alone(model, one));

      for (const batch of [1, 4, 100]) {
        const { shape, data } = await predict(model, x, { batch });
        expect(shape[0]).toBe(x.length);
        const most = data.length / x.length;
        expected.forEach((row, n) => {
          const padded = [...row, ...Array<number>(most - row.length).fill(NaN)];
          expect([...data.subarray(n * most, (n + 1) * most)]).toEqual(padded);
        });
      }
      const [padBefore, after] = [sequences({ x, pad: 'before' }), sequences({ x })];
      expect((await predict(model, padBefore)).data).toEqual((await predict(model, after)).data);
    });
  });

  it('gives the probabilities of the loss, which add up to 1', async () => {
    const model = createModel({ kernels, input: oneHot(V), layers: last });
    const logits = await predict(model, ids);
    const softmax = await predict(model, ids, { loss: 'softmaxCrossEntropy' });
    const sigmoid = await predict(model, ids, { loss: 'binaryCrossEntropy' });
    const same = await predict(model, ids, { loss: 'meanSquaredError' });

    expect(same.data).toEqual(logits.data);
    for (let n = 0; n < ids.length; n++) {
      const [a, b] = [logits.get(n, 0), logits.get(n, 1)];
      expect(softmax.get(n, 0)).toBeCloseTo(1 / (1 + Math.exp(b - a)), 5);
      expect(softmax.get(n, 0) + softmax.get(n, 1)).toBeCloseTo(1, 5);
      expect(sigmoid.get(n, 1)).toBeCloseTo(1 / (1 + Math.exp(-b)), 5);
    }
  });
});

describe('predict', () => {
  const model = createModel({ kernels: float64, input: oneHot(V), layers: last });

  it('shapes its answers: [N, width], [N, T, width]', async () => {
    const steps = createModel({ kernels: float64, input: oneHot(V), layers: every() });
    const repeated = models['a vector at fixed steps']!;
    const fixed = createModel({ kernels: float64, input: oneHot(V), layers: repeated });

    expect((await predict(model, ids)).shape).toEqual([9, 2]);
    expect((await predict(steps, ids)).shape).toEqual([9, 30, 2]);
    expect((await predict(fixed, ids)).shape).toEqual([9, 4, 2]);
    expect((await predict(model, { data: ids[2]!, shape: [1, 13] })).shape).toEqual([1, 2]);
  });

  it('keeps what it answered when the model answers again', async () => {
    const first = await predict(model, ids);
    const before = [...first.data];
    await predict(model, [[1, 2, 3]]);
    expect([...first.data]).toEqual(before);
  });

  it('carries the state of stateful layers from batch to batch', async () => {
    const layers = [recurrent(lstm, { units: H, stateful: true }), dense(2)];
    const stateful = createModel({ kernels: float64, input: oneHot(V), layers });
    const [a, b] = [
      [1, 2, 3],
      [4, 5, 6],
    ];
    const { data } = await predict(stateful, [a, b], { batch: 1 });
    expect([...data.subarray(2)]).toEqual(alone(stateful, [...a, ...b]));
  });

  it('does not grow with the number of lengths', async () => {
    for (let n = 0; n < 200; n++) await predict(model, [ids[6]!.slice(0, 1 + (n % 30))]);
    expect(model.owned.size).toBeLessThanOrEqual(12);
  });

  it.each<[unknown, object, string]>([
    [[[1, 2, 11]], {}, "sequences: x[0][2] (example 0, step 2) is 11; the model's symbols are 0 to 10"],
    [[[1, 2]], { batch: 0 }, 'predict: batch must be a whole number of at least 1, not 0'],
    [[[1, 2]], { los: 'softmaxCrossEntropy' }, 'predict has no option "los"'],
    [[[1, 2]], { loss: 'mse' }, 'there is no loss "mse"'],
    [Promise.resolve([[1]]), {}, 'not a promise; await it'],
  ])('refuses %j with %j', async (x, options, message) => {
    await expect(predict(model, x as number[][], options)).rejects.toThrow(message);
  });
});
