/** Mean and spread. */

/** x̄ = Σ x / n */
export const mean = (values: readonly number[]): number =>
  values.reduce((sum, x) => sum + x, 0) / values.length;

/** The standard deviation of a sample: √(Σ(x − x̄)² / (n − 1)); NaN of one value. */
export function deviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(values.reduce((sum, x) => sum + (x - middle) ** 2, 0) / (values.length - 1));
}
