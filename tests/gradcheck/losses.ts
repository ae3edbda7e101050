/**
 * The losses by themselves: their derivative against finite differences, and their value against the textbook formula,
 * written without a thought for overflow. (A mean over the wrong count would be differentiated faultlessly.)
 */
import {
  checkGradient,
  createRandom,
  elementwiseLoss,
  losses,
  normal,
  referenceKernels,
  type Loss,
  type LossName,
  type Tensor,
} from '../../models/index.js';
import type { Measured } from './measured.js';

const { exp, log, abs, max, cosh, tanh } = Math;
const [M, N] = [5, 3];

/** Those of the library, and one of a user's own. */
const LOSSES: Record<LossName | 'logCosh', Loss> = {
  ...losses,
  logCosh: elementwiseLoss('logCosh', (x, y) => ({ loss: log(cosh(x - y)), derivative: tanh(x - y) })),
};
type Name = keyof typeof LOSSES;

/** The loss of one row. For the softmax, y is the one-hot row of the label. */
const ROW_LOSS: Record<Name, (x: number[], y: number[]) => number> = {
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

export function* measureLosses(): Generator<Measured> {
  for (const subject of Object.keys(LOSSES) as Name[]) {
    for (const [situation, weights] of Object.entries(WEIGHTS)) {
      const { value, expected, error } = measureLoss(subject, weights);
      yield { subject, situation, what: 'loss', error: abs(value - expected) / max(abs(expected), 1) };
      yield { subject, situation, what: 'dx', error };
    }
  }
}

function measureLoss(name: Name, rowWeights: number[] | null) {
  const k = referenceKernels(Float64Array);
  const random = createRandom(3);
  const [x, dx, y, weights] = [k.zeros(M, N), k.zeros(M, N), k.zeros(M, N), k.zeros(M)];
  const labels = k.indices(M);
  normal(1.5)(x, random);
  // What an earlier pass has left; the derivative is written over it.
  k.fill(dx, 1);
  weights.data.set(rowWeights ?? []);
  for (let m = 0; m < M; m++) labels.data[m] = random.integer(N);
  y.data.forEach((_, n) => {
    const oneHot = n % N === labels.data[Math.floor(n / N)] ? 1 : 0;
    y.data[n] = name === 'softmaxCrossEntropy' ? oneHot : random.uniform();
  });

  const loss = LOSSES[name];
  const wanted = loss.labels === 'classes' ? labels : y;
  const f = (dx: Tensor | null) => loss.forward(k, dx, x, wanted, rowWeights ? weights : undefined);
  const value = f(dx);
  const row = (t: Tensor, m: number) => [...t.data.slice(m * N, (m + 1) * N)];
  const w = rowWeights ?? Array.from({ length: M }, () => 1);
  const weighted = w.map((wm, m) => wm * ROW_LOSS[name](row(x, m), row(y, m)));
  const expected = sum(w) === 0 ? 0 : sum(weighted) / sum(w);
  return { value, expected, error: checkGradient(() => f(null), x, dx).error };
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, n) => total + n, 0);
}
