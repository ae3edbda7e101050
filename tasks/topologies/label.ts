/**
 * One to many: a class becomes a sequence. The network reads a number once, at the first step, and nothing
 * afterwards (symbol 0); it spells the number, one letter per step. Only its state holds the number and how
 * far it has come.
 */
import * as nn from '../../models/index.js';
import { answers } from './answers.js';
import { lettersOf, spell, SYMBOLS, symbolsOf, wordOf } from './numbers.js';
import { shareEqual, shares } from './shares.js';
import type { Topology } from './topology.js';

/** The letters of the longest name, and one more for its end. */
const STEPS = 14;
const UNITS = 64;
/** The number of the example, if there is one so large. */
const SHOWN = 73;

export const label: Topology = {
  description: 'one to many: read a number once, and spell it',
  sized: 'numbers, from 0 on',
  sizes: { least: 2, most: 100 },
  defaults: { cells: ['lstm'], epochs: 20, size: 100 },

  measure: 'numbers right',

  create(kernels, { cell, size: numbers, seed }) {
    const recurrent = nn.recurrent(nn.cells[cell], { units: UNITS, returnSequences: true });
    const layers = [nn.embedding(UNITS), recurrent, nn.dense(SYMBOLS)];
    const model = nn.createModel({ kernels, input: nn.oneHot(1 + numbers), layers, seed });
    const unroll = { steps: STEPS, loss: 'softmaxCrossEntropy' } as const;
    const write = (graph: nn.Graph, row: number, n: number) => writeNumber(graph, row, n % numbers);
    const graph = nn.unroll(model, { ...unroll, batch: 1 });
    const shown = Math.min(SHOWN, numbers - 1);
    write(graph, 0, shown);
    return {
      problem: {
        trainer: nn.createTrainer(model, nn.adam({ rate: 5e-3 }), nn.clipByGlobalNorm(1)),
        ...{ batch: 50, unroll, unit: 'numbers', accuracy: nn.createMeter(nn.accuracy()) },
        shuffle: nn.createRandom(seed, 'shuffle'),
        training: { count: 2500, write },
        validation: null,
      },
      example() {
        graph.forward();
        const reads = Array.from({ length: STEPS }, (_, t) => (t === 0 ? String(shown) : ''));
        return {
          reads,
          right: lettersOf([...graph.labels.data]),
          says: lettersOf(answers(graph, 0)),
          graph,
        };
      },
      test() {
        const graph = nn.unroll(model, { batch: numbers, steps: STEPS });
        for (let n = 0; n < numbers; n++) write(graph, n, n);
        graph.forward();
        const all = Array.from({ length: numbers }, (_, n) => n);
        const said = all.map((n) => wordOf(answers(graph, n)));
        const [accuracy, baseline] = [shareEqual(said, all.map(spell)), 1 / numbers];
        const rows = shares([cell, accuracy], ['one name for all', baseline]);
        return { final: { accuracy, baseline }, rows };
      },
    };
  },
};

/** The number at the first step; nothing is read at the others. */
function writeNumber({ input, labels, batch, steps }: nn.Graph, row: number, n: number): void {
  for (let t = 0; t < steps; t++) input.data[t * batch + row] = t === 0 ? 1 + n : 0;
  symbolsOf(spell(n), STEPS).forEach((symbol, t) => {
    if (labels) labels.data[t * batch + row] = symbol;
  });
}
