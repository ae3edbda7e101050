/** What training refuses, in one line that names the option or argument. */
import { describe, expect, it } from '@jest/globals';
import { lstm } from '../../cells/index.js';
import * as nn from '../../models/index.js';
import { float64 } from '../kernels.js';
import { defaults, examples, newTrainer, run, window } from './toyFit.js';

const trainer = newTrainer(float64, lstm);
const { model } = trainer;
const f1 = nn.measure({ metrics: [nn.f1()] });
const anything = (value: unknown) => value as never;

describe('fit(trainer, examples, options) refuses', () => {
  it.each<[string, object]>([
    ...['epochs', 'batch', 'accumulate'].flatMap((name) =>
      [NaN, -1, 0, 1.5, '3', Infinity].map((value): [string, object] => [
        `fit: ${name} must be a whole number of at least 1, not `,
        { [name]: value },
      ]),
    ),
    ['fit: the option "epochs" is missing', { epochs: undefined }],
    ['fit: the option "batch" is missing', { batch: undefined }],
    ['fit: the option "unroll" is missing', { unroll: undefined }],
    ['fit: the option "shuffle" is missing', { shuffle: undefined }],
    ['fit has no option "batchSize"; its options are epochs, batch, ', { batchSize: 3 }],
    ['fit: shuffle must be createRandom(seed) or null, not true', { shuffle: true }],
    ['fit: onBatch must be a function, not an object', { onBatch: {} }],
    ['fit: onStep must be a function, not 3', { onStep: 3 }],
    ['fit: onEpoch must be a function, not "log"', { onEpoch: 'log' }],
    ['fit: start of a callback must be a function, not undefined', { callbacks: [nn.accuracy()] }],
    ['fit: two callbacks are called earlyStopping', { callbacks: [nn.earlyStopping(), nn.earlyStopping()] }],
    [
      'earlyStopping: there is no "validation.loss", only loss, metrics.f1',
      { callbacks: [f1, nn.earlyStopping()] },
    ],
    ['fit: step of the state must be a whole number', { state: { ...nn.initialFitState, step: NaN } }],
    ['fit: the state is of a training with other examples', { state: { ...nn.initialFitState, step: 4 } }],
    [
      'fit: the state is of a training with other examples, another batch or shuffle',
      { state: { ...nn.initialFitState, step: 1, order: [1, 2, 3, 4] }, shuffle: null },
    ],
    ['fit: unroll needs a loss', { unroll: { steps: 3 } }],
    ['fit: unroll must be an object of options, not the function unroll', { unroll: nn.unroll }],
    ['there is no loss "mse"', { unroll: { steps: 3, loss: 'mse' } }],
  ])('%s', async (message, options) => {
    await expect(nn.fit(trainer, examples, anything({ ...defaults(), ...options }))).rejects.toThrow(message);
    expect(trainer.steps).toBe(0);
  });

  it.each<[string, unknown]>([
    ['fit: there are no examples', { ...examples, count: 0 }],
    ['fit: count of the examples must be a whole number of at least 1, not NaN', { ...examples, count: NaN }],
    ['fit: count of the examples must be a whole number of at least 1, not undefined', { write() {} }],
    ['fit takes examples, { count, write(graph, row, index) }, not an array', [1, 2]],
    ['fit takes examples, { count, write(graph, row, index) }, not an object', { count: 2 }],
    [
      'fit takes examples, { count, write(graph, row, index) }, not a promise; await it',
      Promise.resolve(examples),
    ],
    ['fit takes examples, { count, write(graph, row, index) }, not undefined', undefined],
  ])('%s', async (message, shown) => {
    await expect(nn.fit(trainer, anything(shown), defaults())).rejects.toThrow(message);
  });

  it('what is no trainer', async () => {
    await expect(nn.fit(anything(model), examples, defaults())).rejects.toThrow(
      'fit takes a trainer of createTrainer, not an object',
    );
    await expect(nn.fit(anything(null), examples, defaults())).rejects.toThrow('not null');
  });
});

describe('createTrainer, step, createEvaluator refuse', () => {
  const unrolled = (of: nn.Model, options: object = {}) => nn.unroll(of, { ...window, batch: 2, ...options });

  it.each<[string, () => unknown]>([
    [
      'createTrainer takes a model of createModel, not a promise; await it',
      () => nn.createTrainer(anything(Promise.resolve(model)), nn.adam()),
    ],
    [
      'createTrainer takes an optimizer, such as adam(), not the function adam',
      () => nn.createTrainer(model, anything(nn.adam)),
    ],
    [
      'createTrainer takes an optimizer, such as adam(), not "adam"',
      () => nn.createTrainer(model, anything('adam')),
    ],
    ['createTrainer: clip must be a function, not 5', () => nn.createTrainer(model, nn.adam(), anything(5))],
    [
      'step: the graph was unrolled from another model',
      () => trainer.step(unrolled(newTrainer(float64, lstm).model)),
    ],
    ['step: the graph was unrolled without a loss', () => trainer.step(unrolled(model, { loss: null }))],
    [
      'step: the graph was unrolled without a loss',
      () => trainer.step(unrolled(model, { loss: null, training: true })),
    ],
    ['this graph was unrolled without `training`', () => trainer.step(unrolled(model, { training: false }))],
    ['step takes a graph of unroll, not the function unroll', () => trainer.step(anything(nn.unroll))],
    [
      'createEvaluator takes a model of createModel, not an object',
      () => nn.createEvaluator(anything(trainer), { batch: 1, unroll: window }),
    ],
    [
      'createEvaluator: batch must be a whole number of at least 1, not NaN',
      () => nn.createEvaluator(model, { batch: NaN, unroll: window }),
    ],
    [
      'createEvaluator: the option "unroll" is missing',
      () => nn.createEvaluator(model, anything({ batch: 1 })),
    ],
    [
      'createEvaluator has no option "measure"',
      () => nn.createEvaluator(model, anything({ batch: 1, unroll: window, measure() {} })),
    ],
    [
      'createEvaluator: onBatch must be a function, not an object',
      () => nn.createEvaluator(model, anything({ batch: 1, unroll: window, onBatch: {} })),
    ],
    [
      'measure: metrics must be an array, not an object',
      () => nn.measure({ metrics: anything(nn.accuracy()) }),
    ],
    [
      'measure: metrics takes a metric, such as accuracy(), not "accuracy"',
      () => nn.measure({ metrics: anything(['accuracy']) }),
    ],
    [
      'measure: metrics takes a metric, such as accuracy(), not the function f1',
      () => nn.measure({ metrics: [anything(nn.f1)] }),
    ],
    [
      'measure: there are two figures "f1"; rename one',
      () => nn.measure({ metrics: [nn.f1(), nn.f1({ label: 1 })] }),
    ],
    [
      'measure: there are two figures "loss"; rename one',
      () => nn.measure({ metrics: [{ ...nn.f1(), name: 'loss' }] }),
    ],
    [
      'measure: validation takes examples, { count, write(graph, row, index) }, not 0.2',
      () => nn.measure({ validation: anything(0.2) }),
    ],
    ['step: there are no graphs', () => trainer.step([])],
    [
      'createMeter takes a metric, such as accuracy(), not undefined',
      () => nn.createMeter(anything(undefined)),
    ],
    [
      "earlyStopping: say mode: 'min' or 'max' for the monitor validation.f1",
      () => nn.earlyStopping({ monitor: 'validation.f1' }),
    ],
    [
      'earlyStopping: patience must be a whole number of at least 0, not -1',
      () => nn.earlyStopping({ patience: -1 }),
    ],
    [
      'earlyStopping: mode must be one of min, max, not "up"',
      () => nn.earlyStopping({ mode: anything('up') }),
    ],
    ['reduceOnPlateau: factor must be above 0 and below 1, not 10', () => nn.reduceOnPlateau({ factor: 10 })],
    ['reduceOnPlateau has no option "lr"', () => nn.reduceOnPlateau(anything({ lr: 1 }))],
  ])('%s', (message, attempt) => {
    expect(attempt).toThrow(message);
    expect(attempt).not.toThrow(/undefined is|of undefined|is not a function$/);
  });

  it('evaluating without examples or a loss', async () => {
    const evaluate = nn.createEvaluator(model, { batch: 2, unroll: window });
    const without = nn.createEvaluator(model, { batch: 2, unroll: { steps: 3 } });
    await expect(without(examples)).rejects.toThrow('evaluate: unroll needs a loss');
    await expect(evaluate({ ...examples, count: 0 })).rejects.toThrow('evaluate: there are no examples');
  });

  it('nothing that is right', async () => {
    await expect(
      run(newTrainer(float64, lstm), { signal: new AbortController().signal }),
    ).resolves.toBeDefined();
  });
});
