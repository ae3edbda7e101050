/** Training with dropout: when it is off, what its random numbers depend on, and continuing a stopped run. */
import { describe, expect, it } from '@jest/globals';
import { rnn, type Cell } from '../../cells/index.js';
import { InputError } from '../../engine/index.js';
import {
  bidirectional,
  createEvaluator,
  decodeCheckpoint,
  dense,
  dropout,
  embedding,
  encodeCheckpoint,
  recurrent,
  spatialDropout1D,
  unroll,
  type Layer,
  type Trainer,
} from '../../models/index.js';
import { decodeTensors, encodeTensors } from '../../models/weights/safetensors.js';
import { float64 } from '../kernels.js';
import { entries } from '../tensors.js';
import { examples, newTrainer, run, runInTwo, SYMBOLS, trainerOf, window } from './toyFit.js';
import { somePairs } from './fixtures.js';

/** Every kind of dropout. */
const dropping = (cell: Cell, rate: number): Layer[] => [
  embedding(5),
  spatialDropout1D(rate),
  bidirectional(cell, { units: 6, returnSequences: true, dropout: rate, recurrentDropout: rate }),
  dropout(rate),
  recurrent(cell, { units: 6, dropout: rate, recurrentDropout: rate }),
  dense(SYMBOLS),
];
/** The same model without. */
const plain = (cell: Cell): Layer[] => [
  embedding(5),
  bidirectional(cell, { units: 6, returnSequences: true }),
  recurrent(cell, { units: 6 }),
  dense(SYMBOLS),
];

describe.each(somePairs)('a model with dropout, of $title', ({ kernels, cell }) => {
  const create = (rate = 0.4) => trainerOf(kernels, dropping(cell, rate));
  const createPlain = () => trainerOf(kernels, plain(cell));

  it('drops nothing in evaluators', async () => {
    const [trainer, other] = [create(), createPlain()];
    const noise = trainer.model.dropoutRandom.state();
    const lossOf = ({ model }: Trainer) => createEvaluator(model, { batch: 4, unroll: window })(examples);
    expect(await lossOf(trainer)).toBe(await lossOf(other));
    expect(trainer.model.dropoutRandom.state()).toEqual(noise);
  });

  it('drops only in training graphs', () => {
    const [{ model }, other] = [create(), createPlain()];
    const outputs = (one: Trainer['model'], options: { training?: boolean; loss?: null }) => {
      const graph = unroll(one, { ...window, batch: 4, ...options });
      graph.input.data.forEach((_, n, x) => (x[n] = n % SYMBOLS));
      graph.forward();
      return entries(graph.output);
    };
    const noise = model.dropoutRandom.state();
    const whole = outputs(other.model, {});
    expect(outputs(model, { training: false })).toEqual(whole);
    expect(outputs(model, { loss: null })).toEqual(whole);
    expect(model.dropoutRandom.state()).toEqual(noise);
    const dropped = outputs(model, {});
    expect(dropped).not.toEqual(whole);
    expect(outputs(model, { loss: null, training: true })).not.toEqual(dropped);
  });

  it('at rate 0 trains like one without dropout, bit for bit, and draws no random numbers', async () => {
    const trainer = create(0);
    const noise = trainer.model.dropoutRandom.state();
    expect(await run(trainer)).toEqual(await run(createPlain()));
    expect(trainer.model.dropoutRandom.state()).toEqual(noise);
  });

  it('has the same losses for the same seed, and different ones for other random numbers', async () => {
    const { losses, values } = await run(create());
    expect(await run(create())).toMatchObject({ losses, values });
    const other = create();
    other.model.dropoutRandom.restore([1, 2, 3, 4]);
    expect((await run(other)).losses).not.toEqual(losses);
  });

  // Steps 1 and 2 of the second epoch of three.
  it.each([4, 5])(
    'has the same bits when stopped after step %i and continued from a checkpoint',
    async (stop) => {
      const { losses, values, state } = await run(create());
      expect(await runInTwo(create, stop)).toMatchObject({ losses, values, state });
    },
  );
});

it.each<[string, unknown]>([
  ['missing', undefined],
  ['null', null],
  ['three', [1, 2, 3]],
  ['all 0', [0, 0, 0, 0]],
  ['not whole', [1, 2, 3, 1.5]],
  ['strings', ['1', '2', '3', '4']],
  ['a string', 'four'],
  ['not a list', { length: 4 }],
])('refuses a checkpoint, in one line, if its random numbers are %s', async (_, noise) => {
  const trainer = newTrainer(float64, rnn);
  const { text, tensors } = await decodeTensors(await encodeCheckpoint(trainer, {}), 'it');
  const whole = JSON.parse(text) as object;
  const decode = async (state: object) =>
    decodeCheckpoint(await encodeTensors(tensors, JSON.stringify(state)), 'it');
  await expect(decode(whole)).resolves.toBeDefined();
  await expect(decode({ ...whole, noise })).rejects.toThrow(
    new InputError('it is damaged: its state cannot be read; use an earlier checkpoint'),
  );
});
