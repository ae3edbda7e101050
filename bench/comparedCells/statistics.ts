/** Whether two groups differ by more than chance. */

/**
 * The exact permutation test (Fisher 1935): how often a random division of all values into two groups of
 * these sizes gives means as far apart as these. 1: always.
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
