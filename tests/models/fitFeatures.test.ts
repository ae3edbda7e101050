/** What fit does besides training: validation, metrics, early stopping, falling rates, class weights, accumulation. */
import { describe, expect, it } from '@jest/globals';
import { gru } from '../../cells/index.js';
import * as nn from '../../models/index.js';
import { float64 } from '../kernels.js';
import { entries, expectClose } from '../tensors.js';
import { COUNT, defaults, examples, newTrainer, run, SYMBOLS, window } from './toyFit.js';

const create = () => newTrainer(float64, gru);
const valuesOf = ({ model }: nn.Trainer) => entries(model.parameters.values);
const held: nn.Examples = { count: 5, write: (graph, row, index) => examples.write(graph, row, index + 3) };

/** A trainer whose optimizer sees nothing but the gradient. */
function sgdTrainer(rate: nn.Rate = 0.5): nn.Trainer {
  const { model } = create();
  return nn.createTrainer(model, nn.sgd({ rate }));
}

it('metrics and validation are in the records, as meters and evaluators give them', async () => {
  const trainer = create();
  const [meter, heldMeter] = [nn.createMeter(nn.accuracy()), nn.createMeter(nn.accuracy())];
  const evaluate = nn.createEvaluator(trainer.model, { batch: 4, unroll: window, onBatch: heldMeter.update });
  let epochs = 0;
  await nn.fit(trainer, examples, {
    ...defaults(),
    callbacks: [nn.measure({ metrics: [nn.accuracy(), nn.perplexity()], validation: held })],
    onBatch: meter.update,
    async onEpoch({ metrics, validation, loss }) {
      expect(metrics).toEqual({
        accuracy: meter.take(),
        perplexity: expect.closeTo(Math.exp(loss), 10) as unknown as number,
      });
      const heldLoss = await evaluate(held);
      const perplexity = expect.closeTo(Math.exp(heldLoss), 10) as unknown as number;
      expect(validation).toEqual({ loss: heldLoss, accuracy: heldMeter.take(), perplexity });
      epochs++;
    },
  });
  expect(epochs).toBe(3);
});

it('validation and metrics change no bit of the training', async () => {
  const [plain, watched] = [
    await run(create()),
    await run(create(), { callbacks: [nn.measure({ validation: held, metrics: [nn.accuracy()] })] }),
  ];
  expect(watched.values).toEqual(plain.values);
  expect(watched.losses).toEqual(plain.losses);
});

describe('early stopping', () => {
  // Only the first epoch improves by that much, on nothing.
  const stopping = (options: nn.EarlyStoppingOptions = {}) =>
    nn.earlyStopping({ monitor: 'loss', minDelta: 10, patience: 2, ...options });

  it('ends after `patience` epochs without improvement, with the best weights', async () => {
    const first = await run(create(), { epochs: 1 });
    const trainer = create();
    const { records, values, state } = await run(trainer, { epochs: 9, callbacks: [stopping()] });
    expect(records.length).toBe(3);
    expect(state).toMatchObject({
      epoch: 3,
      callbacks: { earlyStopping: { best: first.losses[0], wait: 2 } },
    });
    expect(values).toEqual(first.values);
    // A state that is over stays so.
    expect((await run(trainer, { epochs: 9, state, callbacks: [stopping()] })).records).toEqual([]);
  });

  it('keeps the last weights with restoreBest: false', async () => {
    const { values } = await run(create(), { epochs: 9, callbacks: [stopping({ restoreBest: false })] });
    expect(values).toEqual((await run(create(), { epochs: 3 })).values);
  });

  it('goes on while the figure improves', async () => {
    const { records, values } = await run(create(), { callbacks: [nn.earlyStopping({ monitor: 'loss' })] });
    expect(records.length).toBe(3);
    expect(values).toEqual((await run(create())).values);
  });

  it('lets a figure rise with mode: max', async () => {
    const rising: nn.Metric = { name: 'steps', measure: () => [1, 0], finish: () => ++steps };
    let steps = 0;
    const watch = (mode: 'min' | 'max') => nn.earlyStopping({ monitor: 'metrics.steps', mode });
    const runs = [watch('max'), watch('min')].map(async (stopping) => {
      return (await run(create(), { epochs: 4, callbacks: [nn.measure({ metrics: [rising] }), stopping] }))
        .records.length;
    });
    expect(await Promise.all(runs)).toEqual([4, 2]);
  });
});

describe('reduceOnPlateau', () => {
  /** A rate, and a function that tells it of an epoch. */
  function started(options: nn.PlateauOptions) {
    const rate = nn.reduceOnPlateau({ monitor: 'loss', ...options });
    const training = { trainer: create(), batch: 1, unroll: window, signal: null, figures: ['loss'] };
    const { afterEpoch } = rate.start(training);
    return { rate, afterEpoch: (loss: number) => void afterEpoch!({ epoch: 1, loss, steps: 1, ms: 1 }) };
  }

  it('multiplies the rate by `factor` after `patience` epochs, waits for `cooldown`, and has a least value', () => {
    const { rate, afterEpoch } = started({
      ...{ rate: 1, factor: 0.5, patience: 2, minDelta: 0.1, cooldown: 1, least: 0.2 },
    });
    //             best     1   2          cooling   1  2      cooling      1  2
    const losses = [3, 2, 1.95, 1.95, /**/ 1.95, 1.95, 1.95, /**/ 1.95, 1.95, 1.95, 1];
    const rates = losses.map((loss) => {
      afterEpoch(loss);
      return rate(1);
    });
    expect(rates).toEqual([1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.2, 0.2]);
  });

  it('refuses to be used where fit does not find it', () => {
    const rate = nn.reduceOnPlateau();
    expect(() => rate(1)).toThrow('reduceOnPlateau: fit starts this rate; give it to the optimizer itself');
  });

  it('scales a schedule', () => {
    const { rate, afterEpoch } = started({ rate: (step) => 1 / step, factor: 0.5, patience: 0 });
    afterEpoch(1);
    expect(rate(4)).toBe(1 / 4);
    afterEpoch(1);
    expect(rate(4)).toBe(1 / 8);
  });

  it.each(Object.entries(nn.optimizers))('is told of epochs as the rate of %s', async (_, optimizer) => {
    const rate = nn.reduceOnPlateau({ monitor: 'loss', rate: 0.01, factor: 0.5, patience: 1, minDelta: 10 });
    const rates: number[] = [];
    const trainer = nn.createTrainer(create().model, optimizer({ rate }));
    await run(trainer, { onStep: () => rates.push(rate(1)) });
    expect(rates).toEqual([...Array<number>(6).fill(0.01), ...Array<number>(3).fill(0.005)]);
  });
});

describe('classWeights', () => {
  const weights = [1, 5, 0.5, 2];
  const losses = async (unroll: Partial<nn.UnrollOptions>, shown = examples) =>
    (await run(sgdTrainer(), { unroll: { ...window, ...unroll } }, shown)).losses;
  const byHand: nn.Examples = {
    count: COUNT,
    write(graph, row, index) {
      examples.write(graph, row, index);
      graph.weights!.data[row] = weights[graph.labels!.data[row]!]!;
    },
  };

  it('weigh each row by its label', async () => {
    expect(await losses({ weights: nn.classWeights(weights) })).toEqual(
      await losses({ weights: true }, byHand),
    );
    expect(await losses({ weights: nn.classWeights({ 1: 5, 2: 0.5, 3: 2 }) })).toEqual(
      await losses({ weights: nn.classWeights(weights) }),
    );
    expect(await losses({ weights: nn.classWeights([1, 1, 1, 1]) })).toEqual(await losses({}));
  });

  it('leave padding without weight, also that of an embedding', () => {
    const layers = [nn.embedding(3, { maskZero: true }), nn.dense(2)];
    const model = nn.createModel({ kernels: float64, input: nn.oneHot(4), layers });
    const options = { batch: 1, steps: 4, loss: 'softmaxCrossEntropy' } as const;
    const graph = nn.unroll(model, { ...options, weights: nn.classWeights([1, 3]) });
    graph.input.data.set([1, 2, 0, 0]);
    graph.labels.data.set([0, 1, 1, 1]);
    graph.forward();
    expect(entries(graph.weights!)).toEqual([1, 3, 0, 0]);
    expect(graph.weight()).toBe(4);
  });

  it('are not those of validation', async () => {
    const unroll = { ...window, weights: nn.classWeights(weights) };
    const { records } = await run(sgdTrainer(0), {
      epochs: 1,
      unroll,
      callbacks: [nn.measure({ validation: held })],
    });
    const evaluate = nn.createEvaluator(create().model, { batch: 4, unroll: window });
    expect(records[0]!.validation!.loss).toBe(await evaluate(held));
  });

  it('refuse what is no weight', () => {
    expect(() => nn.classWeights([1, NaN])).toThrow('the weight of class 1 must be at least 0, not NaN');
    expect(() => nn.classWeights([1, -1])).toThrow('the weight of class 1 must be at least 0, not -1');
    expect(() => nn.classWeights(3 as unknown as number[])).toThrow(
      'classWeights takes an array or an object',
    );
  });
});

describe('accumulate', () => {
  const weighted: nn.Examples = {
    count: COUNT,
    write(graph, row, index) {
      examples.write(graph, row, index);
      if (graph.weights) graph.weights.data[row] = 0.5 + (index % 3) * index;
    },
  };

  it.each([false, true])('equals the step on the joined batch, with weights: %s', async (weights) => {
    const unroll = { ...window, weights };
    const [joined, parts] = [sgdTrainer(), sgdTrainer()];
    const one = await run(joined, { unroll, batch: 8 }, weighted);
    const many = await run(parts, { unroll, batch: 2, accumulate: 4 }, weighted);
    expect(parts.steps).toBe(joined.steps);
    expectClose(many.losses, one.losses, 1e-12);
    expectClose(many.values, one.values, 1e-12);
    expect(many.reports.map(({ step, stepsPerEpoch }) => [step, stepsPerEpoch])).toEqual(
      one.reports.map(({ step, stepsPerEpoch }) => [step, stepsPerEpoch]),
    );
  });

  it('calls onBatch for each batch, and counts all of them in metrics', async () => {
    let batches = 0;
    const callbacks = [nn.measure({ metrics: [nn.accuracy()] })];
    const options = { epochs: 1, callbacks, onBatch: () => void batches++ };
    const { records } = await run(sgdTrainer(0), { ...options, batch: 2, accumulate: 4 });
    expect(batches).toBe(6);
    const one = await run(sgdTrainer(0), { ...options, batch: COUNT });
    expect(records[0]!.metrics).toEqual(one.records[0]!.metrics);
  });

  it('changes nothing when a batch is not finite', async () => {
    const trainer = sgdTrainer();
    const before = valuesOf(trainer);
    const broken: nn.Examples = {
      count: COUNT,
      write(graph, row, index) {
        examples.write(graph, row, index);
        if (index === 6) graph.labels!.data[row] = SYMBOLS;
      },
    };
    const failed = run(trainer, { batch: 2, accumulate: 6 }, broken);
    await expect(failed).rejects.toThrow('label 4 of example 6: classes are 0 to 3');
    expect(valuesOf(trainer)).toEqual(before);
  });
});
