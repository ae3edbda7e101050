import { describe, expect, test } from '@jest/globals';
import { cells, checkGradient, referenceKernels, type Cell } from '../models/index.js';
import { measureLosses, measureInvariants, measureTraining } from './gradcheck/checks.js';
import { CONFIGURATIONS, EVERYTHING } from './gradcheck/configurations.js';
import { checkTensor, FLOOR, measureCell } from './gradcheck/gradients.js';
import { BAR, isWorse, type Measured } from './gradcheck/measured.js';
import { createProblem } from './gradcheck/problem.js';

/** The measurements that a failing test prints; empty if it passes. */
const above = (bar: number, measurements: Iterable<Measured>) =>
  [...measurements].filter(({ error }) => isWorse(error, bar));

describe.each(Object.values<Cell>(cells))('$name', (cell) => {
  test.each(CONFIGURATIONS)('$name: every gradient agrees with finite differences', (configuration) => {
    const measured = measureCell(cell, configuration);

    expect(above(BAR, measured)).toEqual([]);
    // A tensor whose derivatives are all tiny would pass unchecked.
    expect(measured.filter(({ largest }) => !(largest > FLOOR))).toEqual([]);
  });

  test('an error of 1% in one entry of any tensor is reported', () => {
    const problem = createProblem(cell, EVERYTHING);
    problem.differentiate();
    for (const tensor of problem.tensors) {
      const gradient = tensor.gradient.data as Float64Array;
      const n = gradient.findIndex((g) => Math.abs(g) > FLOOR);
      gradient[n]! *= 1.01;

      // With one step: all of them would find it, one after the other.
      const { error, index } = checkTensor(problem, tensor, 'entries', [1e-3]);

      expect(index).toBe(n);
      expect(error).toBeCloseTo(0.01, 3);
    }
  });
});

test('the losses and their derivatives agree with the textbook formulas', () => {
  expect(above(BAR, measureLosses())).toEqual([]);
});

test('training steps, clipping included, equal the same steps in plain arithmetic', () => {
  expect(above(1e-12, measureTraining())).toEqual([]);
});

test('a new LSTM remembers, and padding changes nothing', () => {
  expect(above(1e-12, measureInvariants())).toEqual([]);
});

test('float32 is rejected, because its rounding is larger than most mistakes', () => {
  const k = referenceKernels(Float32Array);
  const [x, dx] = [k.zeros(1), k.zeros(1)];

  expect(() => checkGradient(() => 0, x, dx)).toThrow('float64');
});
