import { describe, expect, it, jest } from '@jest/globals';
import {
  createEvaluator,
  fit,
  initialFitState,
  unroll,
  type EpochRecord,
  type Examples,
  type Trainer,
} from '../../models/index.js';
import { entries, expectClose } from '../tensors.js';
import { COUNT, defaults, examples, newTrainer, run, window } from './toyFit.js';
import { cellsOnKernels } from './fixtures.js';

describe.each(cellsOnKernels.slice(0, 1))('fit(trainer, examples, options)', ({ kernels, cell }) => {
  const create = () => newTrainer(kernels, cell);

  it('shows every example once per epoch, with a smaller last batch', async () => {
    const shown: number[][] = [];
    const watched: Examples = {
      count: COUNT,
      write(graph, row, index) {
        if (row === 0) shown.push([]);
        shown.at(-1)!.push(index);
        examples.write(graph, row, index);
      },
    };
    await fit(create(), watched, { ...defaults(), epochs: 2 });
    expect(shown.map((batch) => batch.length)).toEqual([4, 4, 3, 4, 4, 3]);
    const sorted = (batches: number[][]) => batches.flat().sort((a, b) => a - b);
    const everyOne = Array.from({ length: COUNT }, (_, n) => n);
    expect(sorted(shown.slice(0, 3))).toEqual(everyOne);
    expect(sorted(shown.slice(3))).toEqual(everyOne);
    expect(shown.slice(3)).not.toEqual(shown.slice(0, 3));
  });

  it('keeps the order of the examples when shuffle is null', async () => {
    const order: number[] = [];
    const watched: Examples = {
      count: COUNT,
      write(graph, row, index) {
        order.push(index);
        examples.write(graph, row, index);
      },
    };
    await fit(create(), watched, { ...defaults(), epochs: 1, shuffle: null });
    expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('reports the mean loss over the examples seen, weighting batches by size', async () => {
    const trainer = create();
    const batchLosses: number[] = [];
    const watched: Trainer = {
      ...trainer,
      step(graph) {
        batchLosses.push(trainer.step(graph));
        return batchLosses.at(-1)!;
      },
    };
    const { reports, losses } = await run(watched, { epochs: 1 });
    const [a, b, c] = batchLosses as [number, number, number];
    expect(reports.map(({ epoch, step, stepsPerEpoch }) => [epoch, step, stepsPerEpoch])).toEqual([
      [1, 1, 3],
      [1, 2, 3],
      [1, 3, 3],
    ]);
    const means = [a, (a + b) / 2, (4 * a + 4 * b + 3 * c) / 11];
    expectClose(
      reports.map(({ loss }) => loss),
      means,
      1e-14,
    );
    expectClose(losses, [means[2]!], 1e-14);
  });

  it('waits for onEpoch before continuing', async () => {
    const events: string[] = [];
    await run(create(), {
      epochs: 2,
      onStep: ({ epoch, step }) => void events.push(`${epoch}.${step}`),
      async onEpoch({ epoch, steps }, state) {
        await Promise.resolve();
        events.push(`end of ${epoch} after ${steps} steps`);
        expect(state).toMatchObject({ epoch, step: 0, lossSum: 0 });
      },
    });
    expect(events).toEqual([
      ...['1.1', '1.2', '1.3', 'end of 1 after 3 steps'],
      ...['2.1', '2.2', '2.3', 'end of 2 after 3 steps'],
    ]);
  });

  it('does nothing when the epochs are already complete or the signal is already aborted', async () => {
    const trainer = create();
    const before = entries(trainer.model.parameters.values);
    await run(trainer, { state: { ...initialFitState, epoch: 3 } });
    await run(trainer, { signal: AbortSignal.abort() });
    expect(trainer.steps).toBe(0);
    expect(entries(trainer.model.parameters.values)).toEqual(before);
  });

  it('refuses a model whose parameters are not finite after the last step, before onEpoch could save it', async () => {
    const trainer = create();
    const broken: Trainer = {
      ...trainer,
      step(graph) {
        const loss = trainer.step(graph);
        trainer.model.parameters.list[1]!.value.data[0] = Infinity;
        return loss;
      },
    };
    const onEpoch = jest.fn<() => void>();
    const oneStep = run(broken, { epochs: 1, batch: COUNT, onEpoch });
    await expect(oneStep).rejects.toThrow(/ is not finite in epoch 1 after step 1: clip the gradient/);
    expect(onEpoch).not.toHaveBeenCalled();
  });

  it('counts the time of an epoch across a stop in the middle', async () => {
    const records: EpochRecord[] = [];
    const state = { ...initialFitState, step: 2, ms: 1e6 };
    await run(create(), { epochs: 2, state, onEpoch: (record) => void records.push(record) });
    expect(records[0]!.ms).toBeGreaterThan(1e6);
    expect(records[1]!.ms).toBeLessThan(1e6);
  });

  it('leaves initialFitState unchanged', async () => {
    await run(create());
    expect(initialFitState).toEqual({
      epoch: 0,
      step: 0,
      lossSum: 0,
      weight: 0,
      ms: 0,
      order: null,
      states: null,
    });
  });
});

describe.each(cellsOnKernels)(
  'createEvaluator(model, options) with $title',
  ({ kernels, cell, tolerance }) => {
    it('returns the mean loss over all examples, for any batch size, and changes nothing', async () => {
      const { model } = newTrainer(kernels, cell);
      const before = entries(model.parameters.values);
      const one = unroll(model, { ...window, batch: 1 });
      let sum = 0;
      for (let index = 0; index < COUNT; index++) {
        examples.write(one, 0, index);
        sum += one.forward();
      }
      for (const batch of [1, 4, 11, 50]) {
        const evaluate = createEvaluator(model, { batch, unroll: window });
        expectClose(await evaluate(examples), sum / COUNT, tolerance);
      }
      expect(entries(model.parameters.values)).toEqual(before);
    });

    it('stops when the signal aborts, and refuses a loss that is not finite', async () => {
      const { model } = newTrainer(kernels, cell);
      const evaluate = createEvaluator(model, { batch: 4, unroll: window });
      await expect(evaluate(examples, AbortSignal.abort('enough'))).rejects.toBe('enough');
      model.parameters.values.data.fill(NaN);
      await expect(evaluate(examples)).rejects.toThrow(
        /held-out examples is NaN, first seen in \w+.U: clip the gradient/,
      );
    });
  },
);
