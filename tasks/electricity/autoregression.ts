/**
 * A linear autoregression: a reading as a constant plus a weighted sum of earlier readings, by least squares.
 */
import { leastSquares } from './leastSquares.js';

/**
 * Fits the weights to the readings before `end`.
 * @param lags distances of the inputs from the predicted reading, each 1 or more
 * @param counted 0 for readings whose errors do not count
 * @returns a function that predicts reading n from the earlier ones
 */
export function autoregression(
  values: Float64Array,
  lags: readonly number[],
  end: number,
  counted: Uint8Array,
): (n: number) => number {
  const first = Math.max(...lags);
  const columns = lags.length;
  // Row and column 0 belong to the reading itself, lag 0.
  const all = [0, ...lags];
  const products = laggedProducts(values, all, first, end);
  const totals = laggedSums(values, all, first, end);
  let rows = end - first;
  // The running sums cover all readings: take out those that do not count.
  for (let n = first; n < end; n++) {
    if (counted[n]) continue;
    rows--;
    all.forEach((a, i) => {
      totals[i]! -= values[n - a]!;
      all.forEach((b, j) => (products[i]![j]! -= values[n - a]! * values[n - b]!));
    });
  }

  // XᵀX and Xᵀy, the constant last.
  const XtX = lags.map((_, i) => products[i + 1]!.slice(1));
  XtX.push(Float64Array.of(...totals.slice(1), rows));
  const Xty = Float64Array.of(...products.slice(1).map((row) => row[0]!), totals[0]!);
  const w = leastSquares(XtX, Xty);

  return (n) => lags.reduce((sum, lag, i) => sum + w[i]! * values[n - lag]!, w[columns]!);
}

/**
 * Σ values[n - a] values[n - b] for each pair of lags a, b, over n from `first` to `end` (exclusive). All
 * pairs with the same difference d share the running sums of the products of two readings d apart; each entry
 * is the difference of two running sums.
 */
function laggedProducts(
  values: Float64Array,
  lags: readonly number[],
  first: number,
  end: number,
): Float64Array[] {
  const products = lags.map(() => new Float64Array(lags.length));
  const differences = new Set(lags.flatMap((a) => lags.map((b) => Math.abs(a - b))));
  for (const d of differences) {
    const running = runningSums(end - d, (m) => values[m]! * values[m + d]!);
    lags.forEach((a, i) => {
      lags.forEach((b, j) => {
        if (Math.abs(a - b) !== d) return;
        const older = Math.max(a, b);
        products[i]![j] = running[end - older]! - running[first - older]!;
      });
    });
  }
  return products;
}

/** Σ values[n - a] for each lag a, over the same n. */
function laggedSums(values: Float64Array, lags: readonly number[], first: number, end: number): number[] {
  const running = runningSums(end, (m) => values[m]!);
  return lags.map((lag) => running[end - lag]! - running[first - lag]!);
}

/** Running sums: entry m is the sum of the first m terms. */
function runningSums(count: number, term: (m: number) => number): Float64Array {
  const sums = new Float64Array(count + 1);
  for (let m = 0; m < count; m++) sums[m + 1] = sums[m]! + term(m);
  return sums;
}
