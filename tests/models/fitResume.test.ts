/** Every option of fit: stopped after any step and continued from a checkpoint, a run has the same bits. */
import { describe, expect, it } from '@jest/globals';
import { lstm } from '../../cells/index.js';
import * as nn from '../../models/index.js';
import { allKernels } from '../kernels.js';
import { entries } from '../tensors.js';
import { examples, newTrainer, run, runInTwo, trainerOf, SYMBOLS, window } from './toyFit.js';

const held: nn.Examples = { count: 5, write: (graph, row, index) => examples.write(graph, row, index + 3) };

const weights = nn.classWeights([1, 5, 0.5, 2]);
const metrics = [nn.accuracy(), nn.topKAccuracy({ k: 2 }), nn.f1()];
const measure = (validation = held) => nn.measure({ metrics, validation });
const stopping = () => nn.earlyStopping({ minDelta: 10, patience: 2 });
const all = (validation?: nn.Examples) => ({
  ...{ batch: 2, accumulate: 2, epochs: 6, callbacks: [measure(validation), stopping()] },
  unroll: { ...window, weights },
});

/** Options, made for each run. */
const cases: Record<string, () => Partial<nn.FitOptions>> = {
  'metrics and validation': () => ({ callbacks: [measure()] }),
  'early stopping': () => ({ callbacks: [measure(), stopping()], epochs: 6 }),
  'class weights': () => ({ unroll: { ...window, weights } }),
  accumulation: () => ({ batch: 2, accumulate: 2 }),
  'all of these': () => all(),
};

describe.each(allKernels.filter((_, n) => n % 2 === 0))(
  'fit on $name, stopped and continued',
  ({ kernels }) => {
    const plain = () => newTrainer(kernels, lstm);
    const withPlateau = () => {
      const rate = nn.reduceOnPlateau({
        monitor: 'loss',
        rate: 0.1,
        factor: 0.5,
        patience: 1,
        minDelta: 0.01,
      });
      const layers = [nn.recurrent(lstm, { units: 5, stateful: true }), nn.dense(SYMBOLS)];
      return nn.createTrainer(trainerOf(kernels, layers).model, nn.adam({ rate }));
    };

    async function expectSameBits(create: () => nn.Trainer, options: () => Partial<nn.FitOptions>) {
      const trainer = create();
      const whole = await run(trainer, options());
      expect(whole.records.length).toBeGreaterThan(2);
      for (let stop = 1; stop < trainer.steps; stop++) {
        const { records, values, state } = await runInTwo(create, stop, options());
        expect(records).toEqual(whole.records);
        expect(values).toEqual(whole.values);
        expect({ ...state, ms: 0 }).toEqual({ ...whole.state, ms: 0 });
      }
    }

    it.each(Object.entries(cases))('with %s', (_, options) => expectSameBits(plain, options));

    it('with a rate that is reduced on plateaus', () => expectSameBits(withPlateau, () => ({ epochs: 5 })));

    it('with all of these and that rate', () => expectSameBits(withPlateau, () => all()));

    it.each([1, 2, 3])('while it validates after epoch %i', async (epoch) => {
      const whole = await run(plain(), all());
      const controller = new AbortController();
      const trainer = plain();
      let epochs = 0;
      const validation: nn.Examples = {
        count: held.count,
        write(graph, row, index) {
          if (index === 0 && ++epochs === epoch) controller.abort();
          held.write(graph, row, index);
        },
      };
      const first = await run(trainer, { ...all(validation), signal: controller.signal });
      expect(first.records.length).toBe(epoch - 1);
      const checkpoint = await nn.decodeCheckpoint(await nn.encodeCheckpoint(trainer, first.state), 'it');
      const resumed = plain();
      nn.restoreTrainer(resumed, checkpoint, 'it');
      const rest = await run(resumed, { ...all(), state: checkpoint.state as nn.FitState });
      expect([...first.records, ...rest.records]).toEqual(whole.records);
      expect(rest.values).toEqual(whole.values);
    });

    it('needs the best weights of a state', async () => {
      const trainer = plain();
      const { state } = await run(trainer, { ...all(), epochs: 1 });
      expect(trainer.best).not.toBeNull();
      const other = plain();
      await expect(run(other, { ...all(), state })).rejects.toThrow('the best weights are missing; restore');

      const bytes = await nn.encodeCheckpoint(trainer, state);
      nn.restoreTrainer(other, await nn.decodeCheckpoint(bytes, 'it'), 'it');
      expect([...other.best!]).toEqual([...trainer.best!]);
      // Those that a checkpoint lacks are dropped.
      const before = await nn.encodeCheckpoint(plain(), state);
      nn.restoreTrainer(other, await nn.decodeCheckpoint(before, 'it'), 'it');
      expect(other.best).toBeNull();
      expect(entries(other.model.parameters.values)).toEqual(entries(plain().model.parameters.values));
    });
  },
);
