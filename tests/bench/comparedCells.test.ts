/** The comparison of cells: equal sizes, and a test of chance that is right. */
import { describe, expect, it, test } from '@jest/globals';
import { comparedPage } from '../../bench/comparedCells/page.js';
import type { ComparedProgram, RunResults } from '../../bench/comparedCells/programs.js';
import { sizeOf } from '../../bench/comparedCells/sizes.js';
import { permutationP } from '../../bench/comparedCells/statistics.js';
import { createModel, cells, dense, features, recurrent, type CellName } from '../../models/index.js';
import { deviation, mean } from '../../tasks/common/statistics.js';

const program: ComparedProgram = {
  ...{
    name: 'small',
    task: 'small',
    args: [],
    about: 'Two inputs',
    score: 'error',
    isBetter: 'less',
    digits: 2,
  },
  scoreOf: ({ final }) => final.error!,
  own: { cell: 'lstm', units: 8 },
  modelOf: (kernels, cell, units) =>
    createModel({ kernels, input: features(2), layers: [recurrent(cells[cell], { units }), dense(1)] }),
};

describe('the units of a cell give the number of parameters of the program', () => {
  // An LSTM of 8 units on 2 inputs: 4·8·(2 + 8 + 1) + 8 + 1 = 361.
  it.each([
    ['lstm', 8, 361],
    ['lstmPeephole', 8, 385],
    // 3·9·(2 + 9 + 1) + 9 + 1 = 334, 3·10·(2 + 10 + 1) + 10 + 1 = 401
    ['gru', 9, 334],
    // 17·(2 + 17 + 1) + 17 + 1 = 358, 18·(2 + 18 + 1) + 18 + 1 = 397
    ['rnn', 17, 358],
  ] as const)('%s', (cell, units, parameters) => {
    expect(sizeOf(program, cell)).toEqual({ units, parameters });
  });
});

test('mean and standard deviation', () => {
  expect([mean([1, 2, 6]), deviation([1, 2, 6])]).toEqual([3, Math.sqrt(7)]);
});

describe('the permutation test', () => {
  it.each([
    ['two groups that are apart: 2 of the 252 divisions', [1, 2, 3, 4, 5], [6, 7, 8, 9, 10], 2 / 252],
    ['the same values', [0.1, 0.2, 0.3], [0.3, 0.2, 0.1], 1],
    ['all values equal', [0.1, 0.1], [0.1, 0.1], 1],
    // Of the 6 divisions of 1, 3 | 2, 4 only 1, 4 | 2, 3 and its reverse are nearer.
    ['two groups that mix', [1, 3], [2, 4], 4 / 6],
  ] as const)('%s', (_, a, b, p) => {
    expect(permutationP(a, b)).toBeCloseTo(p, 12);
  });
});

test('the page says what is better, what is worse, and what cannot be told', () => {
  const of = (cell: CellName, scores: readonly number[], ms: number) => ({
    cell,
    size: { units: 8, parameters: 361 },
    results: scores.map((error): RunResults => {
      const epoch = { epoch: 1, steps: 2, loss: 1 };
      // The second epoch was disturbed.
      return {
        kernels: 'reference',
        epochs: [ms, 9 * ms].map((one) => ({ ...epoch, ms: one })),
        final: { error },
      };
    }),
  });
  const cells = [
    of('lstm', [5, 6, 7, 8, 9], 10),
    of('gru', [0, 1, 2, 3, 4], 5),
    of('rnn', [10, 11, 12, 13, 14], 2),
    of('lstmCoupled', [5, 6, 7, 8, 10], 10),
  ];
  const page = comparedPage([{ program, cells }], 5);
  expect(page).toContain('| lstm | 8 | 361 | 7.00 | 1.58 | 5.00 to 9.00 |  | 1.00 |');
  expect(page).toContain('| gru | 8 | 361 | 2.00 | 1.58 | 0.00 to 4.00 | 0.008 | 0.50 |');
  expect(page).toContain(
    '|  | gru | rnn | lstmCoupled |\n| --- | --- | --- | --- |\n| small | better | worse |  |',
  );
  expect(page).toContain('1 of the 3 are better, 1 worse, and 1 cannot be told');
  expect(page).toContain(
    'Better somewhere and worse nowhere: gru. Worse somewhere and better\nnowhere: rnn.',
  );
});
