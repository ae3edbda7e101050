/**
 * The losses alone: compares their derivative with finite differences, and their value with the textbook
 * formula, which ignores overflow. (A mean over the wrong count would still be differentiated correctly.)
 */
import {
  checkGradient,
  createRandom,
  elementwiseLoss,
  losses,
  normal,
  referenceKernels,
  type Loss,
  type Tensor,
} from '../../models/index.js';
import type { Measured } from './measured.js';

const { exp, log, abs, max, cosh, tanh } = Math;
const [M, N] = [5, 3];

/** The losses of the library, and a custom one. */
const LOSSES: readonly Loss<never>[] = [
  ...Object.values(losses),
  elementwiseLoss('logCosh', (x, y) => ({ loss: log(cosh(x - y)), derivative: tanh(x - y) })),
];

/** The loss of one row, as in textbooks; y is the target, or the one-hot row of the class. */
const TEXTBOOK: Partial<Record<string, (x: number[], y: number[]) => number>> = {
  softmaxCrossEntropy: (x, y) => sum(x.map((xn, n) => -y[n]! * log(exp(xn) / sum(x.map(exp))))),
  binaryCrossEntropy: (x, y) =>
    sum(x.map((xn, n) => -y[n]! * log(1 / (1 + exp(-xn))) - (1 - y[n]!) * log(1 - 1 / (1 + exp(-xn))))) / N,
  meanSquaredError: (x, y) => sum(x.map((xn, n) => (xn - y[n]!) ** 2)) / N,
  logCosh: (x, y) => sum(x.map((xn, n) => log((exp(xn - y[n]!) + exp(y[n]! - xn)) / 2))) / N,
};

const WEIGHTS: Record<string, number[] | null> = {
  'every row counts': null,
  'rows are weighted': [1, 0, 0.25, 2, 0.5],
  'no row counts': [0, 0, 0, 0, 0],
};

/** @param list for losses not in `TEXTBOOK` only the derivative is checked */
export function* measureLosses(list: readonly Loss<never>[] = LOSSES): Generator<Measured> {
  for (const loss of list) {
    const subject = loss.name;
    for (const [situation, weights] of Object.entries(WEIGHTS)) {
      const { value, expected, error } = measureLoss(loss, weights);
      if (expected !== null) {
        yield { subject, situation, what: 'loss', error: abs(value - expected) / max(abs(expected), 1) };
      }
      yield { subject, situation, what: 'dx', error };
    }
  }
}

function measureLoss(loss: Loss, rowWeights: number[] | null) {
  const k = referenceKernels(Float64Array);
  const random = createRandom(3);
  const [x, dx, y, weights] = [k.zeros(M, N), k.zeros(M, N), k.zeros(M, N), k.zeros(M)];
  const classes = k.indices(M);
  normal(1.5)(x, random);
  // Leftovers of an earlier pass, which the derivative must overwrite.
  k.fill(dx, 1);
  weights.data.set(rowWeights ?? []);
  for (let m = 0; m < M; m++) classes.data[m] = random.integer(N);
  const isClass = loss.labels === 'classes';
  y.data.forEach((_, n) => {
    const oneHot = n % N === classes.data[Math.floor(n / N)] ? 1 : 0;
    y.data[n] = isClass ? oneHot : random.uniform();
  });

  const labels = isClass ? classes : y;
  const f = (dx: Tensor | null) => loss.forward(k, dx, x, labels, rowWeights ? weights : undefined);
  const value = f(dx);
  const row = (t: Tensor, m: number) => [...t.data.slice(m * N, (m + 1) * N)];
  const w = rowWeights ?? Array.from({ length: M }, () => 1);
  const textbook = TEXTBOOK[loss.name];
  const total = textbook && sum(w.map((wm, m) => wm * textbook(row(x, m), row(y, m))));
  const expected = total === undefined ? null : total / (sum(w) || 1);
  return { value, expected, error: checkGradient(() => f(null), x, dx).error };
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, n) => total + n, 0);
}
