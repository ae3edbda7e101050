/**
 * Every kernel against its float64 twin, with small and large shapes, any row strides, and sentinels around
 * every tensor. (The matrix product and the cells' loops have their own files.)
 */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Tensor } from '../../engine/index.js';
import { activations, type Activation } from '../../models/activations/index.js';
import { allKernels, float64 } from '../kernels.js';
import { Operands, type OperandShape } from '../operands.js';
import { expectClose } from '../tensors.js';

const { abs } = Math;

/** By kernel name, a call that creates its own operands. */
const calls: Record<string, (o: Operands) => number | void> = {
  fill: (o) => o.k.fill(o.matrix(), 0.5),
  'fill, transposed': (o) => o.k.fill(o.turned(), 0.5),
  'fill, dense': (o) => o.k.fill(o.dense(), 0.5),
  copy: (o) => o.k.copy(o.matrix(), o.matrix()),
  'copy, one of them dense': (o) => o.k.copy(o.dense(), o.matrix()),
  'copy, transposed': (o) => o.k.copy(o.turned(), o.matrix()),
  add: (o) => o.k.add(o.matrix(), o.matrix()),
  'add, one of them dense': (o) => o.k.add(o.matrix(), o.dense()),
  'add, transposed': (o) => o.k.add(o.matrix(), o.turned()),
  multiply: (o) => o.k.multiply(o.matrix(), o.matrix(), o.matrix()),
  'multiply, one of them dense': (o) => o.k.multiply(o.matrix(), o.dense(), o.matrix()),
  'multiply, transposed': (o) => o.k.multiply(o.matrix(), o.matrix(), o.turned()),
  scale: (o) => o.k.scale(o.matrix(), 0.7),
  'scale, transposed': (o) => o.k.scale(o.turned(), 0.7),
  clamp: (o) => o.k.clamp(o.matrix(), 0.25),
  'clamp, transposed': (o) => o.k.clamp(o.turned(), 0.25),
  sumOfSquares: (o) => o.k.sumOfSquares(o.matrix()),
  'sumOfSquares, transposed': (o) => o.k.sumOfSquares(o.turned()),

  setRows: (o) => o.k.setRows(o.matrix(), o.vector(o.shape.N)),
  sumRows: (o) => o.k.sumRows(o.vector(o.shape.N), o.matrix()),
  gather: (o) => o.k.gather(o.matrix(), tableOf(o), o.ids(VOCABULARY)),
  'gather, accumulate': (o) => o.k.gather(o.matrix(), tableOf(o), o.ids(VOCABULARY), true),
  scatterAdd: (o) => o.k.scatterAdd(tableOf(o), o.ids(VOCABULARY), o.matrix()),
  copyMasked: (o) => o.k.copyMasked(o.matrix(), o.matrix(), o.weights()),

  softmax: (o) => o.k.softmax(o.matrix(), o.dense(logit)),
  'softmax, at a temperature': (o) => o.k.softmax(o.matrix(), o.matrix(), 0.3),
  'softmax, in place': (o) => {
    const x = o.matrix();
    o.k.softmax(x, x, 2);
  },

  normalize: (o) => o.k.normalize(o.matrix(), o.vector(o.shape.M), o.dense(), 0.01),
  'normalize, in place': (o) => {
    const x = o.matrix();
    o.k.normalize(x, o.vector(o.shape.M), x, 0.01);
  },
  normalizeBackward: (o) => o.k.normalizeBackward(o.dense(), o.matrix(), o.matrix(), o.vector(o.shape.M)),
  'normalizeBackward, in place': (o) => {
    const dx = o.matrix();
    o.k.normalizeBackward(dx, dx, o.dense(), o.vector(o.shape.M));
  },

  softmaxCrossEntropy: (o) => o.k.softmaxCrossEntropy(o.dense(), o.dense(logit), o.ids(o.shape.N)),
  'softmaxCrossEntropy, weighted': (o) =>
    o.k.softmaxCrossEntropy(o.dense(), o.dense(logit), o.ids(o.shape.N), o.weights()),
  binaryCrossEntropy: (o) => o.k.binaryCrossEntropy(o.dense(), o.dense(logit), o.dense(abs)),
  'binaryCrossEntropy, weighted': (o) =>
    o.k.binaryCrossEntropy(o.dense(), o.dense(logit), o.dense(abs), o.weights()),
  meanSquaredError: (o) => o.k.meanSquaredError(o.dense(), o.dense(), o.dense()),
  'meanSquaredError, weighted': (o) => o.k.meanSquaredError(o.dense(), o.dense(), o.dense(), o.weights()),

  sgd: (o) => o.k.sgd(flat(o), flat(o), flat(o), 0.1, 0.9),
  'sgd, nesterov': (o) => o.k.sgd(flat(o), flat(o), flat(o), 0.1, 0.9, true),
  decay: (o) => o.k.decay(flat(o), 0.03),
  rmsprop: (o) => o.k.rmsprop(flat(o), flat(o, sparse), flat(o, abs), 0.1, 0.9, 0.01),
  'rmsprop, outside the root': (o) => o.k.rmsprop(flat(o), flat(o, sparse), flat(o, abs), 0.1, 0.9, 0, 0.01),
  adagrad: (o) => o.k.adagrad(flat(o), flat(o, sparse), flat(o, abs), 0.1, 0.1, 0.01),
  adam: (o) => o.k.adam(flat(o), flat(o, sparse), flat(o), flat(o, abs), 0.1, 0.9, 0.99, 0.01),
};

for (const { name, forward, backward } of Object.values<Activation>(activations)) {
  calls[`activation ${name}`] = (o) => forward(o.k, o.dense());
  calls[`activation ${name}, backward`] = (o) => backward(o.k, o.dense(), o.dense(), o.dense());
}

const VOCABULARY = 11;
const tableOf = (o: Operands) => o.matrix({ M: VOCABULARY, N: o.shape.N });
const flat = (o: Operands, change?: (x: number) => number): Tensor => o.vector(o.shape.M * o.shape.N, change);
const logit = (x: number) => 20 * x;
/** 0 for three of four entries. */
const sparse = (x: number) => (abs(x) < 0.75 ? 0 : x);

const size = fc.integer({ min: 1, max: 40 });
const margin = fc.integer({ min: 0, max: 5 });
const shapes = fc.record({ M: size, N: size, left: margin, right: margin, seed: fc.integer() });
const ends = { left: 3, right: 2, seed: 7 };
const largeAndEmpty: OperandShape[] = [
  { M: 1, N: 1503, ...ends },
  { M: 301, N: 3, ...ends },
  { M: 66, N: 130, ...ends },
  { M: 0, N: 5, ...ends },
];

const others = allKernels.filter((one) => one.kernels !== float64);

describe.each(others)('kernels.$name', ({ kernels, tolerance }) => {
  it.each(Object.entries(calls))('%s agrees with float64 and changes nothing else', (_, call) => {
    const compare = (shape: OperandShape) => {
      const [actual, expected] = [new Operands(kernels, shape), new Operands(float64, shape)];
      const [value, value64] = [call(actual), call(expected)];
      expectClose(value ?? 0, value64 ?? 0, tolerance);
      expectClose(actual.numbers(), expected.numbers(), tolerance);
      expect(actual.surroundingsUntouched()).toBe(true);
    };
    largeAndEmpty.forEach(compare);
    fc.assert(fc.property(shapes, compare), { seed: 20, numRuns: 30 });
  });
});
