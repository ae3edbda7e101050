/** Mean, spread, and whether two groups differ by more than chance. */

export const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;

/** The standard deviation of a sample: √(Σ(x − x̄)² / (n − 1)). */
export function deviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(values.reduce((sum, x) => sum + (x - middle) ** 2, 0) / (values.length - 1));
}

/**
 * The exact permutation test (Fisher 1935): how often a random division of all values into two groups of these
 * sizes gives means as far apart as these. 1: always.
 */
export function permutationP(a: readonly number[], b: readonly number[]): number {
  const all = [...a, ...b];
  const total = all.reduce((sum, x) => sum + x, 0);
  const apart = (sum: number) => Math.abs(sum / a.length - (total - sum) / b.length);
  const given = apart(a.reduce((sum, x) => sum + x, 0));
  let [divisions, further] = [0, 0];
  const choose = (from: number, left: number, sum: number): void => {
    if (left === 0) {
      divisions++;
      // The same division in another order of summing counts as equally far.
      if (apart(sum) >= given * (1 - 1e-12)) further++;
      return;
    }
    for (let n = from; n <= all.length - left; n++) choose(n + 1, left - 1, sum + all[n]!);
  };
  choose(0, a.length, 0);
  return further / divisions;
}
