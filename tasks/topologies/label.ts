/**
 * One to many: a class becomes a sequence. The network reads a number once, at the first step, and nothing
 * afterwards (symbol 0); it spells the number, one letter per step. Only its state holds the number and how
 * far it has come.
 */
import * as nn from '../../models/index.js';
import { trainEpochs } from '../common/training.js';
import { answers } from './answers.js';
import { spell, SYMBOLS, symbolsOf, wordOf } from './numbers.js';
import { compare, printGraph, shareEqual } from './print.js';
import type { Topology } from './topology.js';

/** The letters of the longest name, and one more for its end. */
const STEPS = 14;
const UNITS = 64;

export const label: Topology = {
  description: 'one to many: read a number once, and spell it',
  sized: 'numbers, from 0 on',
  sizes: { least: 2, most: 100 },
  defaults: { cells: ['lstm'], epochs: 20, size: 100 },

  async run(kernels, { cells: [cell = 'lstm'], epochs, size: numbers, seed }) {
    const recurrent = nn.recurrent(nn.cells[cell], { units: UNITS, returnSequences: true });
    const layers = [nn.embedding(UNITS), recurrent, nn.dense(SYMBOLS)];
    const model = nn.createModel({ kernels, input: nn.oneHot(1 + numbers), layers, seed });
    const unroll = { steps: STEPS, loss: 'softmaxCrossEntropy' } as const;
    printGraph(model, unroll);

    const trainer = nn.createTrainer(model, nn.adam({ rate: 5e-3 }), nn.clipByGlobalNorm(1));
    const write = (graph: nn.Graph, row: number, n: number) => writeNumber(graph, row, n % numbers);
    const trained = await trainEpochs(trainer, {
      ...{ epochs, batch: 50, unroll, unit: 'numbers', accuracy: nn.createMeter(nn.accuracy()) },
      shuffle: nn.createRandom(seed, 'shuffle'),
      training: { count: 2500, write },
      validation: null,
    });
    if (trained.stopped) return null;

    const graph = nn.unroll(model, { batch: numbers, steps: STEPS });
    for (let n = 0; n < numbers; n++) write(graph, n, n);
    graph.forward();
    const said = Array.from({ length: numbers }, (_, n) => wordOf(answers(graph, n)));
    console.log(said.slice(-3).join(', '));
    const accuracy = shareEqual(
      said,
      said.map((_, n) => spell(n)),
    );
    const table = compare('numbers right', [cell, accuracy], ['one name for all', 1 / numbers]);
    const points = trained.epochs.map((point) => ({ cell, ...point }));
    return { epochs: points, final: { accuracy, baseline: 1 / numbers }, table };
  },
};

/** The number at the first step; nothing is read at the others. */
function writeNumber({ input, labels, batch, steps }: nn.Graph, row: number, n: number): void {
  for (let t = 0; t < steps; t++) input.data[t * batch + row] = t === 0 ? 1 + n : 0;
  symbolsOf(spell(n), STEPS).forEach((symbol, t) => {
    if (labels) labels.data[t * batch + row] = symbol;
  });
}
