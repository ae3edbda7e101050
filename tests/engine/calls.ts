/** Kernel calls that can be recorded, and some that cannot, on operands created beforehand. */
import { transpose, type Kernels, type Tensor } from '../../engine/index.js';
import { activations, type Activation } from '../../models/activations/index.js';
import type { Operands } from '../operands.js';

const { abs } = Math;

/** Creates operands, and returns the call on them. */
export type Prepare = (o: Operands) => () => number | void;

const call =
  <T extends [] | unknown[]>(
    operands: (o: Operands) => T,
    run: (k: Kernels, ...operands: T) => number | void,
  ) =>
  (o: Operands) => {
    const made = operands(o);
    return () => run(o.k, ...made);
  };

const ROWS = 11;
const K = 19;
const table = (o: Operands) => o.matrix({ M: ROWS, N: o.shape.N });
const row = (o: Operands) => o.vector(o.shape.N);
const left = (o: Operands) => o.matrix({ M: o.shape.M, N: K });
const right = (o: Operands) => o.matrix({ M: K, N: o.shape.N });
/** The layout in memory, before transposing. */
const leftTurned = (o: Operands) => transpose(o.matrix({ M: K, N: o.shape.M }));
const rightTurned = (o: Operands) => transpose(o.matrix({ M: o.shape.N, N: K }));
const logits = (o: Operands) => o.dense((x) => 20 * x);

/**
 * Calls that can be partitioned by rows. A part at a wrong address would change numbers, or their
 * surroundings.
 */
export const rowCalls: Record<string, Prepare> = {
  fill: call(
    (o) => [o.matrix()],
    (k, out) => k.fill(out, 0.5),
  ),
  copy: call(
    (o) => [o.matrix(), o.dense()],
    (k, out, x) => k.copy(out, x),
  ),
  add: call(
    (o) => [o.dense(), o.matrix()],
    (k, out, x) => k.add(out, x),
  ),
  multiply: call(
    (o) => [o.dense(), o.matrix(), o.matrix()],
    (k, out, x, y) => k.multiply(out, x, y),
  ),
  'multiply, in place': call(
    (o) => [o.matrix(), o.dense()],
    (k, out, x) => k.multiply(out, out, x),
  ),
  scale: call(
    (o) => [o.matrix()],
    (k, out) => k.scale(out, 0.7),
  ),
  clamp: call(
    (o) => [o.matrix()],
    (k, out) => k.clamp(out, 0.25),
  ),
  matmul: call(
    (o) => [o.matrix(), left(o), right(o)],
    (k, out, a, b) => k.matmul(out, a, b),
  ),
  'matmul, transposed': call(
    (o) => [o.dense(), leftTurned(o), rightTurned(o)],
    (k, out, a, b) => k.matmul(out, a, b, true),
  ),
  setRows: call(
    (o) => [o.matrix(), row(o)],
    (k, out, x) => k.setRows(out, x),
  ),
  gather: call(
    (o) => [o.matrix(), table(o), o.ids(ROWS)],
    (k, out, x, ids) => k.gather(out, x, ids),
  ),
  'gather, accumulate': call(
    (o) => [o.matrix(), table(o), o.ids(ROWS)],
    (k, out, x, ids) => k.gather(out, x, ids, true),
  ),
  copyMasked: call(
    (o) => [o.matrix(), o.matrix(), o.weights()],
    (k, out, x, mask) => k.copyMasked(out, x, mask),
  ),
  softmax: call(
    (o) => [o.matrix(), logits(o)],
    (k, out, x) => k.softmax(out, x),
  ),
  'softmax, in place, at a temperature': call(
    (o) => [o.matrix()],
    (k, x) => k.softmax(x, x, 0.3),
  ),
  normalize: call(
    (o) => [o.matrix(), o.vector(o.shape.M), o.matrix()],
    (k, out, r, x) => k.normalize(out, r, x, 0.01),
  ),
  normalizeBackward: call(
    (o) => [o.matrix(), o.dense(), o.matrix(), o.vector(o.shape.M)],
    (k, dx, dy, y, r) => k.normalizeBackward(dx, dy, y, r),
  ),
  softmaxCrossEntropy: call(
    (o) => [o.dense(), logits(o), o.ids(o.shape.N)],
    (k, dx, x, labels) => k.softmaxCrossEntropy(dx, x, labels),
  ),
  'softmaxCrossEntropy, weighted': call(
    (o) => [logits(o), o.ids(o.shape.N), o.weights()],
    (k, x, labels, weights) => k.softmaxCrossEntropy(null, x, labels, weights),
  ),
  binaryCrossEntropy: call(
    (o) => [o.dense(), logits(o), o.dense(abs), o.weights()],
    (k, dx, x, y, weights) => k.binaryCrossEntropy(dx, x, y, weights),
  ),
  meanSquaredError: call(
    (o) => [o.dense(), o.dense(), o.dense(), o.weights()],
    (k, dx, x, y, weights) => k.meanSquaredError(dx, x, y, weights),
  ),
};

for (const { name, forward, backward } of Object.values<Activation>(activations)) {
  rowCalls[`activation ${name}`] = call((o) => [o.dense()], forward);
  rowCalls[`activation ${name}, backward`] = call((o) => [o.dense(), o.dense(), o.dense()], backward);
}

/** Calls that can be partitioned by columns. */
export const columnCalls: Record<string, Prepare> = {
  fill: rowCalls.fill!,
  setRows: rowCalls.setRows!,
  gather: rowCalls['gather, accumulate']!,
  matmul: rowCalls.matmul!,
  'matmul, transposed': rowCalls['matmul, transposed']!,
  sumRows: call(
    (o) => [row(o), o.matrix()],
    (k, out, x) => k.sumRows(out, x),
  ),
  scatterAdd: call(
    (o) => [table(o), o.ids(ROWS), o.matrix()],
    (k, out, ids, x) => k.scatterAdd(out, ids, x),
  ),
};

function triple({ data }: Tensor): void {
  for (let n = 0; n < data.length; n++) data[n]! *= 3;
}

/** Calls that cannot be recorded and are made one by one. */
export const otherCalls: Record<string, Prepare> = {
  'a loop without a twin': call(
    (o) => [o.dense()],
    (k, x) => k.loop('none.such', triple)(x),
  ),
  'a product with dense columns': call(
    (o) => [o.turned(), left(o), right(o)],
    (k, out, a, b) => k.matmul(out, a, b),
  ),
  'a transposed sum': call(
    (o) => [o.turned(), o.matrix()],
    (k, out, x) => k.add(out, x),
  ),
  'a number that JavaScript reads': call(
    (o) => [o.matrix()],
    (k, x) => k.scale(x, 1 / k.sumOfSquares(x)),
  ),
  'a step of the optimizer': call(
    (o) => [o.dense(), o.dense(), o.dense()],
    (k, w, g, v) => k.sgd(w, g, v, 0.1, 0.9),
  ),
};
