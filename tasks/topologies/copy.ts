/**
 * Many to many, aligned: an answer at every step. The answer is the symbol that was read some steps ago, so
 * the state has to hold all symbols since then, in order; in the first steps the answer is 0, "nothing yet".
 * Without memory, a network can only guess among the symbols.
 */
import * as nn from '../../models/index.js';
import { answers } from './answers.js';
import { shares } from './shares.js';
import type { Topology } from './topology.js';

const SYMBOLS = 8;
const UNITS = 64;

export const copy: Topology = {
  description: 'many to many, aligned: repeat at each step the symbol of some steps ago',
  sized: 'steps between',
  sizes: { least: 1, most: 100 },
  defaults: { cells: ['lstm'], epochs: 10, size: 5 },

  measure: 'symbols right',

  create(kernels, { cell, size, seed }) {
    const recurrent = nn.recurrent(nn.cells[cell], { units: UNITS, returnSequences: true });
    const layers = [recurrent, nn.dense(1 + SYMBOLS)];
    const model = nn.createModel({ kernels, input: nn.oneHot(1 + SYMBOLS), layers, seed });
    const unroll = { steps: 4 * size, loss: 'softmaxCrossEntropy' } as const;
    const graph = nn.unroll(model, { ...unroll, batch: 1 });
    sequences(nn.createRandom(seed, 'example'), size, 1).write(graph, 0, 0);
    return {
      problem: {
        trainer: nn.createTrainer(model, nn.adam({ rate: 5e-3 }), nn.clipByGlobalNorm(1)),
        ...{ batch: 50, unroll, shuffle: null, unit: 'sequences' },
        training: sequences(nn.createRandom(seed, 'training'), size, 5000),
        validation: sequences(nn.createRandom(seed, 'test'), size, 500),
        // The first steps, whose answer is always 0, are too easy to count.
        accuracy: nn.createMeter(nn.accuracy({ ignore: 0 })),
      },
      example() {
        graph.forward();
        const [reads, right] = [graph.input, graph.labels].map(({ data }) => Array.from(data, letter));
        return { reads: reads!, right: right!, says: answers(graph, 0).map(letter), graph };
      },
      test(epochs) {
        const accuracy = epochs.at(-1)!.validationAccuracy!;
        const baseline = 1 / SYMBOLS;
        return { final: { accuracy, baseline }, rows: shares([cell, accuracy], ['a guess', baseline]) };
      },
    };
  },
};

/** Symbol 1 is `a`; 0 is a dot. */
const letter = (symbol: number) => '·abcdefgh'[symbol]!;

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
