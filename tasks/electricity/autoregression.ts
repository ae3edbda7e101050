/** A linear autoregression: a reading as a constant and a weighted sum of readings before it, by least squares. */
import { leastSquares } from './leastSquares.js';

/**
 * Learns from the readings before `end`.
 * @param lags how far before the reading to predict those lie that are seen, 1 or more each
 * @returns predicts reading n from those before it
 */
export function autoregression(
  values: Float64Array,
  lags: readonly number[],
  end: number,
): (n: number) => number {
  const first = Math.max(...lags);
  const columns = lags.length;
  // Row and column 0 are for the reading itself: lag 0.
  const products = laggedProducts(values, [0, ...lags], first, end);
  const totals = laggedSums(values, [0, ...lags], first, end);

  // XᵀX and Xᵀy, the constant last.
  const XtX = lags.map((_, i) => products[i + 1]!.slice(1));
  XtX.push(Float64Array.of(...totals.slice(1), end - first));
  const Xty = Float64Array.of(...products.slice(1).map((row) => row[0]!), totals[0]!);
  const w = leastSquares(XtX, Xty);

  return (n) => lags.reduce((sum, lag, i) => sum + w[i]! * values[n - lag]!, w[columns]!);
}

/**
 * Σ values[n - a] values[n - b] for each pair of lags a, b, over n from `first` to `end`, `end` not included. The products of
 * two readings d apart are added up once for all pairs that are d apart: a sum over some of them is a difference of two
 * running sums, and a hundred lags cost hardly more than one.
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

/** Entry m is the sum of the first m terms. */
function runningSums(count: number, term: (m: number) => number): Float64Array {
  const sums = new Float64Array(count + 1);
  for (let m = 0; m < count; m++) sums[m + 1] = sums[m]! + term(m);
  return sums;
}
