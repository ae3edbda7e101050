/**
 * Many to many, aligned: an answer at every step. The answer is the symbol that was read some steps ago, so
 * the state has to hold all symbols since then, in order; in the first steps the answer is 0, "nothing yet".
 * Without memory, a network can only guess among the symbols.
 */
import * as nn from '../../models/index.js';
import { trainEpochs } from '../common/training.js';
import { compare, printGraph } from './print.js';
import type { Topology } from './topology.js';

const SYMBOLS = 8;
const UNITS = 64;

export const copy: Topology = {
  description: 'many to many, aligned: repeat at each step the symbol of some steps ago',
  sized: 'steps between',
  sizes: { least: 1, most: 100 },
  defaults: { cells: ['lstm'], epochs: 10, size: 5 },

  async run(kernels, { cells: [cell = 'lstm'], epochs, size, seed }) {
    const recurrent = nn.recurrent(nn.cells[cell], { units: UNITS, returnSequences: true });
    const layers = [recurrent, nn.dense(1 + SYMBOLS)];
    const model = nn.createModel({ kernels, input: nn.oneHot(1 + SYMBOLS), layers, seed });
    const unroll = { steps: 4 * size, loss: 'softmaxCrossEntropy' } as const;
    printGraph(model, unroll);

    const trainer = nn.createTrainer(model, nn.adam({ rate: 5e-3 }), nn.clipByGlobalNorm(1));
    const trained = await trainEpochs(trainer, {
      ...{ epochs, batch: 50, unroll, shuffle: null, unit: 'sequences' },
      training: sequences(nn.createRandom(seed, 'training'), size, 5000),
      validation: sequences(nn.createRandom(seed, 'test'), size, 500),
      // The first steps, whose answer is always 0, are too easy to count.
      accuracy: nn.createMeter(nn.accuracy({ ignore: 0 })),
    });
    if (trained.stopped) return null;

    const accuracy = trained.epochs.at(-1)!.validationAccuracy!;
    return {
      epochs: trained.epochs.map((point) => ({ cell, ...point })),
      final: { accuracy, baseline: 1 / SYMBOLS },
      table: compare('symbols right', [cell, accuracy], ['a guess', 1 / SYMBOLS]),
    };
  },
};

/** Sequences are generated on demand, so repeats are rare. */
function sequences(random: nn.Random, delay: number, count: number): nn.Examples {
  return {
    count,
    write({ input, labels, batch, steps }, row) {
      const symbols = Array.from({ length: steps }, () => 1 + random.integer(SYMBOLS));
      for (let t = 0; t < steps; t++) {
        input.data[t * batch + row] = symbols[t]!;
        labels!.data[t * batch + row] = symbols[t - delay] ?? 0;
      }
    },
  };
}
