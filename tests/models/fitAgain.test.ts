/** The guarantee of `fit`: the same seed gives the same bits, in one run or in several. */
import { describe, expect, it } from '@jest/globals';
import type { Cell } from '../../cells/index.js';
import { createRandom, type Kernels } from '../../engine/index.js';
import type { FitState, Trainer } from '../../models/index.js';
import { newTrainer, run } from './toyFit.js';
import { cellsOnKernels } from './fixtures.js';

/** A second trainer in the state of the first, as a checkpoint would restore it. */
function copyOf(trainer: Trainer, kernels: Kernels, cell: Cell): Trainer {
  const copy = newTrainer(kernels, cell);
  kernels.copy(copy.model.parameters.values, trainer.model.parameters.values);
  for (const [name, t] of Object.entries(trainer.memory)) kernels.copy(copy.memory[name]!, t);
  copy.steps = trainer.steps;
  return copy;
}

describe.each(cellsOnKernels)('fit(trainer, examples, options) with $title', ({ kernels, cell }) => {
  const create = () => newTrainer(kernels, cell);

  it('gives the same losses, bit for bit, for the same seed', async () => {
    expect(await run(create())).toEqual(await run(create()));
  });

  it('gives different losses for another order of the examples', async () => {
    const { losses } = await run(create());
    const other = await run(create(), { shuffle: createRandom(7, 'shuffle') });
    expect(other.losses).not.toEqual(losses);
  });

  // After the very first step, in the middle of an epoch, and at the end of one.
  it.each([1, 5, 6])(
    'equals the uninterrupted run bit for bit when stopped after step %i and continued',
    async (stop) => {
      const whole = await run(create());

      const stopped = create();
      const controller = new AbortController();
      let steps = 0;
      const first = await run(stopped, {
        signal: controller.signal,
        onStep: () => ++steps === stop && controller.abort(),
      });
      expect(stopped.steps).toBe(stop);
      const state = JSON.parse(JSON.stringify(first.state)) as FitState;
      const rest = await run(copyOf(stopped, kernels, cell), { state, shuffle: createRandom(99) });

      expect([...first.losses, ...rest.losses]).toEqual(whole.losses);
      expect(rest.reports).toEqual(whole.reports.slice(stop));
      expect(rest.values).toEqual(whole.values);
      expect(rest.state).toEqual(whole.state);
    },
  );

  it('begins with the same call of onEpoch when stopped by onEpoch and continued', async () => {
    const whole = await run(create());
    const trainer = create();
    const controller = new AbortController();
    const first = await run(trainer, {
      signal: controller.signal,
      onEpoch() {
        controller.abort();
        controller.signal.throwIfAborted();
      },
    });
    expect(first.state).toMatchObject({ epoch: 0, step: 3 });
    const rest = await run(trainer, { state: first.state, shuffle: createRandom(99) });
    expect(rest.losses).toEqual(whole.losses);
    expect(rest.values).toEqual(whole.values);
  });

  it('equals a single longer run when continued for more epochs', async () => {
    const whole = await run(create(), { epochs: 4 });
    const trainer = create();
    const first = await run(trainer, { epochs: 2 });
    const rest = await run(trainer, { epochs: 4, state: first.state, shuffle: createRandom(99) });
    expect([...first.losses, ...rest.losses]).toEqual(whole.losses);
    expect(rest.values).toEqual(whole.values);
  });

  it('has falling losses', async () => {
    const { losses } = await run(create(), { epochs: 40 });
    expect(losses.at(-1)).toBeLessThan(0.7 * losses[0]!);
  });
});
