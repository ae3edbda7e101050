/**
 * Many to one: a long sequence, and one answer at its end. (Hochreiter and Schmidhuber 1997, experiment 4;
 * here as in Le, Jaitly and Hinton 2015.) Each step has a number between 0 and 1 and a mark, which is 1 at
 * one step of each half and 0 elsewhere; the answer is the sum of the two marked numbers. Always answering 1
 * has an error of 1/6 = 0.167, the variance of such a sum.
 */
import type { CellName } from '../../models/index.js';
import type { EpochPoint } from '../common/training.js';
import { printGraph } from './print.js';
import { addingModel, learnToAdd } from '../common/addingProblem.js';
import type { Topology } from './topology.js';

export const adding: Topology = {
  description: 'many to one: add two of many numbers; lstm and gru learn it, the tanh-RNN does not',
  sized: 'numbers',
  sizes: { least: 2, most: 1000 },
  defaults: { cells: ['rnn', 'gru', 'lstm'], epochs: 8, size: 100 },

  async run(kernels, { cells, epochs, size: steps, seed }) {
    const points: (EpochPoint & { cell: CellName })[] = [];
    for (const cell of cells) {
      const model = addingModel(kernels, cell, seed);
      printGraph(model, { steps, loss: 'meanSquaredError' });
      const trained = await learnToAdd(model, { epochs, steps, seed });
      if (trained.stopped) return null;
      points.push(...trained.epochs.map((point) => ({ cell, ...point })));
    }

    const errors = cells.map((cell) => points.filter((point) => point.cell === cell).at(-1)!.validationLoss!);
    const rows = cells.map((cell, n) => [cell, errors[n]!.toFixed(4)]);
    return {
      epochs: points,
      final: { ...Object.fromEntries(cells.map((cell, n) => [cell, errors[n]!])), baseline: 1 / 6 },
      table: { head: ['', 'mean squared error'], rows: [...rows, ['always 1', (1 / 6).toFixed(4)]] },
    };
  },
};
