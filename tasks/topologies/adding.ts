/**
 * Many to one: a long sequence, and one answer at its end. (Hochreiter and Schmidhuber 1997, experiment 4;
 * here as in Le, Jaitly and Hinton 2015.) Each step has a number between 0 and 1 and a mark, which is 1 at
 * one step of each half and 0 elsewhere; the answer is the sum of the two marked numbers. Always answering 1
 * has an error of 1/6 = 0.167, the variance of such a sum.
 */
import * as nn from '../../models/index.js';
import { addingModel, addingProblem, BASELINE, sums } from '../common/addingProblem.js';
import type { Topology } from './topology.js';

export const adding: Topology = {
  description: 'many to one: add two of many numbers; lstm and gru learn it, the tanh-RNN does not',
  sized: 'numbers',
  sizes: { least: 2, most: 1000 },
  defaults: { cells: ['rnn', 'gru', 'lstm'], epochs: 8, size: 100 },
  measure: 'mean squared error',

  create(kernels, { cell, size: steps, seed }) {
    const model = addingModel(kernels, cell, seed);
    const graph = nn.unroll(model, { batch: 1, steps, loss: 'meanSquaredError' });
    sums(nn.createRandom(seed, 'example'), 1).write(graph, 0, 0);
    return {
      problem: addingProblem(model, { steps, seed }),
      example() {
        graph.forward();
        const isLast = (t: number) => t === steps - 1;
        const atEnd = (sum: number) =>
          Array.from({ length: steps }, (_, t) => (isLast(t) ? sum.toFixed(2) : ''));
        const { data } = graph.input;
        const reads = atEnd(0).map((_, t) => (data[2 * t + 1] === 1 ? data[2 * t]!.toFixed(2) : ''));
        const { output, labels } = graph;
        return { reads, right: atEnd(labels.data[0]!), says: atEnd(output.data[output.offset]!), graph };
      },
      test(epochs) {
        const error = epochs.at(-1)!.validationLoss!;
        return {
          final: { [cell]: error, baseline: BASELINE },
          rows: [
            [cell, error.toFixed(4)],
            ['always 1', BASELINE.toFixed(4)],
          ],
        };
      },
    };
  },
};
