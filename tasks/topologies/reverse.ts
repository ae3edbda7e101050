/**
 * Many to many, sequence to sequence: an encoder reads a string to its end, a decoder continues from the
 * encoder's last state and writes the string backwards. In training, the decoder reads the right answer one
 * step late, whatever it predicts (teacher forcing); in the test it runs freely and reads its own last
 * symbol.
 */
import * as nn from '../../models/index.js';
import { shareEqual, shares } from './shares.js';
import {
  createReversal,
  drawString,
  reverseFreely,
  stepsFor,
  SYMBOLS,
  trainingStrings,
  written,
} from './strings.js';
import type { Topology } from './topology.js';

const UNITS = 128;
const [COUNT, BATCH] = [20_000, 100];

export const reverse: Topology = {
  description: 'many to many, sequence to sequence: reverse a string',
  sized: 'letters at most',
  sizes: { least: 2, most: 50 },
  defaults: { cells: ['lstm'], epochs: 20, size: 10 },

  measure: 'strings right',

  create(kernels, { cell, epochs, size: longest, seed }) {
    const middle = nn.encoderDecoder(nn.cells[cell], { units: UNITS, sourceSteps: longest });
    const layers = [nn.embedding(32, { maskZero: true }), middle, nn.dense(SYMBOLS)];
    const model = nn.createModel({ kernels, input: nn.oneHot(SYMBOLS), layers, seed });
    const rate = nn.linear({ from: 3e-3, steps: (epochs * COUNT) / BATCH });
    const draw = nn.createRandom(seed, 'test');
    const strings = Array.from({ length: 2000 }, () => drawString(draw, longest, true));
    return {
      problem: {
        trainer: nn.createTrainer(model, nn.adam({ rate }), nn.clipByGlobalNorm(1)),
        unroll: { steps: stepsFor(longest), loss: 'softmaxCrossEntropy' },
        ...{ batch: BATCH, shuffle: null, unit: 'strings' },
        training: trainingStrings(nn.createRandom(seed, 'training'), longest, COUNT),
        validation: null,
        accuracy: nn.createMeter(nn.accuracy({ ignore: 0 })),
      },
      example: createReversal(
        model,
        longest,
        strings.find(({ length }) => length === longest)!,
      ),
      async test() {
        const said = (await reverseFreely(model, longest, strings)).map(written);
        const backwards = strings.map((letters) => written([...letters].reverse()));
        const isLong = (_: unknown, n: number) => strings[n]!.length === longest;
        const accuracy = shareEqual(said, backwards);
        const long = shareEqual(said.filter(isLong), backwards.filter(isLong));
        const baseline = shareEqual(strings.map(written), backwards);
        const rows = shares(
          [`${cell}, running freely`, accuracy],
          [`  of ${longest} letters`, long],
          ['the string as it is', baseline],
        );
        return { final: { accuracy, long, baseline }, rows };
      },
    };
  },
};
