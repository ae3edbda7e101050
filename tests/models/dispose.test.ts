/** Memory that is given back: by graphs, models, fit and evaluators. */
import { describe, expect, it } from '@jest/globals';
import {
  adam,
  createEvaluator,
  createKernels,
  createModel,
  createTrainer,
  dense,
  DISPOSE,
  features,
  fit,
  lstm,
  recurrent,
  referenceKernels,
  unroll,
  type Examples,
  type Kernels,
  type Model,
} from '../../models/index.js';

const shape = { steps: 5, loss: 'softmaxCrossEntropy' } as const;

const newModel = (kernels: Kernels, seed = 0): Model =>
  createModel({ kernels, input: features(3), layers: [recurrent(lstm, { units: 6 }), dense(2)], seed });

/** The bytes of the kernels' memory that have ever been in use. */
const extent = (kernels: Kernels) => {
  const region = kernels.region('probe');
  const end = region.run(() => kernels.zeros(2 ** 16).data.byteOffset);
  region.release();
  return end;
};

const numbers = (count: number, seed: number): Examples => ({
  count,
  write({ input, labels, batch }, row, index) {
    for (let t = 0; t < shape.steps; t++)
      for (let d = 0; d < 3; d++) input.data[3 * (t * batch + row) + d] = Math.sin(seed + index + t * d);
    labels!.data[row] = (index + seed) % 2;
  },
});

describe('graph.dispose()', () => {
  it('gives the memory to the next graph, which computes the same as in fresh memory', async () => {
    const kernels = await createKernels();
    const model = newModel(kernels);
    const run = (batch: number) => {
      const graph = unroll(model, { ...shape, batch });
      for (let row = 0; row < batch; row++) numbers(batch, 1).write(graph, row, row);
      const loss = graph.forward();
      graph.backward();
      graph.dispose();
      return loss;
    };
    const losses = [run(40), run(7)];
    const before = extent(kernels);
    for (let n = 0; n < 100; n++) expect([run(40), run(7)]).toEqual(losses);
    expect(extent(kernels)).toBeLessThanOrEqual(before);
    await kernels.close();
  });

  it.each(['float32', 'wasm'])('refuses to run afterwards: %s', async (which) => {
    const kernels = which === 'wasm' ? await createKernels() : referenceKernels(Float32Array);
    const graph = unroll(newModel(kernels), { ...shape, batch: 2 });
    graph[DISPOSE]();
    graph.dispose();
    for (const pass of [() => graph.forward(), () => graph.backward()])
      expect(pass).toThrow('this graph was given back with dispose(); make a new one');
    await kernels.close();
  });

  it('gives back what a failed unroll has made', async () => {
    const kernels = await createKernels();
    const layers = [recurrent(lstm, { units: 40 }), recurrent(lstm, { units: 4 }), dense(2)];
    const model = createModel({ kernels, input: features(3), layers });
    const before = extent(kernels);
    for (let n = 0; n < 3; n++)
      expect(() => unroll(model, { ...shape, batch: 8 })).toThrow('lstm2 reads a sequence');
    expect(extent(kernels)).toBeLessThanOrEqual(before);
    await kernels.close();
  });
});

describe('model.dispose()', () => {
  it('gives back the parameters, the arrays of the trainer and the graphs of fit', async () => {
    const kernels = await createKernels();
    const trial = async (seed: number) => {
      const model = newModel(kernels, seed);
      const trainer = createTrainer(model, adam());
      const state = await fit(trainer, numbers(11, seed), {
        epochs: 1,
        batch: 4,
        unroll: shape,
        shuffle: null,
      });
      model[DISPOSE]();
      model.dispose();
      expect(state.epoch).toBe(1);
      return model;
    };
    const model = await trial(0);
    for (let n = 1; n < 4; n++) await trial(n);
    const before = extent(kernels);
    for (let n = 4; n < 20; n++) await trial(n);
    expect(extent(kernels)).toBeLessThanOrEqual(before);
    expect(() => unroll(model, { ...shape, batch: 2 }).forward()).toThrow('this model was given back');
    await kernels.close();
  });
});

describe('fit and evaluators', () => {
  const train = async (kernels: Kernels, times: number) => {
    const model = newModel(kernels);
    const trainer = createTrainer(model, adam());
    const evaluators = [1, 2].map(() => createEvaluator(model, { batch: 4, unroll: shape }));
    const losses: number[] = [];
    const epoch = async (seed: number) => {
      const options = { epochs: 1, batch: 4, unroll: shape, shuffle: null };
      await fit(trainer, numbers(10, seed), options);
      for (const evaluate of evaluators) losses.push(await evaluate(numbers(6, seed)));
    };
    for (let n = 0; n < times; n++) await epoch(n);
    return { losses, model, epoch };
  };

  it('keep one graph for each shape, so that the memory does not grow with the number of calls', async () => {
    const kernels = await createKernels();
    const { epoch, model } = await train(kernels, 2);
    const before = extent(kernels);
    for (let n = 0; n < 50; n++) await epoch(n);
    expect(extent(kernels)).toBeLessThanOrEqual(before);
    expect(model.owned.size).toBe(4);
    await kernels.close();
  });

  it('find a kept graph as if it were new', async () => {
    const kernels = await createKernels();
    const model = newModel(kernels);
    const evaluate = (mask: boolean) =>
      createEvaluator(model, { batch: 4, unroll: { ...shape, mask: true, weights: true } })({
        ...numbers(4, 1),
        write(graph, row, index) {
          numbers(4, 1).write(graph, row, index);
          if (!mask) return;
          graph.mask!.data[row] = 0;
          graph.weights!.data[row] = index;
        },
      });
    const [whole, masked] = [await evaluate(false), await evaluate(true)];
    expect(masked).not.toBe(whole);
    expect(await evaluate(false)).toBe(whole);
    await kernels.close();
  });

  it('keep no more than sixteen graphs', async () => {
    const kernels = await createKernels();
    const model = newModel(kernels);
    const batches = Array.from({ length: 40 }, (_, n) => 1 + (n % 20));
    const lossOf = (batch: number) => createEvaluator(model, { batch, unroll: shape })(numbers(batch, 1));
    const losses: number[] = [];
    for (const batch of batches) losses.push(await lossOf(batch));
    expect(losses.slice(20)).toEqual(losses.slice(0, 20));
    expect(model.owned.size).toBe(16);
    await kernels.close();
  });
});

it('closed kernels give their memory to those made next', async () => {
  const first = await createKernels();
  const { buffer } = first.zeros(2 ** 20).data;
  await first.close();
  const second = await createKernels({ threads: 2 });
  expect(second.zeros(1).data.buffer.byteLength).toBe(buffer.byteLength);
  const third = await createKernels();
  const [onUsed, onFresh] = await Promise.all(
    [second, third].map((kernels) =>
      createEvaluator(newModel(kernels), { batch: 4, unroll: shape })(numbers(6, 1)),
    ),
  );
  expect(onUsed).toBe(onFresh);
  await Promise.all([second.close(), third.close()]);
});
