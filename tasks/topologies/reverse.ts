/**
 * Many to many, sequence to sequence: an encoder reads a string to its end, a decoder continues from the
 * encoder's last state and writes the string backwards. In training, the decoder reads the right answer one
 * step late, whatever it predicts (teacher forcing); in the test it runs freely and reads its own last
 * symbol.
 */
import * as nn from '../../models/index.js';
import { trainEpochs } from '../common/training.js';
import { compare, printGraph, shareEqual } from './print.js';
import { drawString, reverseFreely, stepsFor, SYMBOLS, trainingStrings, written } from './strings.js';
import type { Topology } from './topology.js';

const UNITS = 128;
const [COUNT, BATCH] = [20_000, 100];

export const reverse: Topology = {
  description: 'many to many, sequence to sequence: reverse a string',
  sized: 'letters at most',
  sizes: { least: 2, most: 50 },
  defaults: { cells: ['lstm'], epochs: 20, size: 10 },

  async run(kernels, { cells: [cell = 'lstm'], epochs, size: longest, seed }) {
    const middle = nn.encoderDecoder(nn.cells[cell], { units: UNITS, sourceSteps: longest });
    const layers = [nn.embedding(32, { maskZero: true }), middle, nn.dense(SYMBOLS)];
    const model = nn.createModel({ kernels, input: nn.oneHot(SYMBOLS), layers, seed });
    const unroll = { steps: stepsFor(longest), loss: 'softmaxCrossEntropy' } as const;
    printGraph(model, unroll);

    const rate = nn.linear({ from: 3e-3, steps: (epochs * COUNT) / BATCH });
    const trainer = nn.createTrainer(model, nn.adam({ rate }), nn.clipByGlobalNorm(1));
    const trained = await trainEpochs(trainer, {
      ...{ epochs, batch: BATCH, unroll, shuffle: null, unit: 'strings' },
      training: trainingStrings(nn.createRandom(seed, 'training'), longest, COUNT),
      validation: null,
      accuracy: nn.createMeter(nn.accuracy({ ignore: 0 })),
    });
    if (trained.stopped) return null;

    const test = nn.createRandom(seed, 'test');
    const strings = Array.from({ length: 2000 }, () => drawString(test, longest, true));
    const said = (await reverseFreely(model, longest, strings)).map(written);
    for (let n = 0; n < 3; n++) console.log(`${written(strings[n]!)} -> ${said[n]!}`);

    const backwards = strings.map((letters) => written([...letters].reverse()));
    const isLong = (_: unknown, n: number) => strings[n]!.length === longest;
    const accuracy = shareEqual(said, backwards);
    const long = shareEqual(said.filter(isLong), backwards.filter(isLong));
    const baseline = shareEqual(strings.map(written), backwards);
    const table = compare(
      'strings right',
      [`${cell}, running freely`, accuracy],
      [`  of ${longest} letters`, long],
      ['the string as it is', baseline],
    );
    const points = trained.epochs.map((point) => ({ cell, ...point }));
    return { epochs: points, final: { accuracy, long, baseline }, table };
  },
};
