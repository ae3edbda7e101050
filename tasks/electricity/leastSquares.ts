/** Linear regression: the weights for which the sum of the squared errors is the least. */

/**
 * Solves the normal equations (XᵀX) w = Xᵀy in float64, by Cholesky's XᵀX = L Lᵀ. A column that depends on those before it gets
 * a weight of 0.
 * @param products XᵀX; only its lower half is read
 * @param sums Xᵀy
 */
export function leastSquares(products: readonly Float64Array[], sums: Float64Array): Float64Array {
  const L = cholesky(products);
  const w = sums.slice();
  // L v = Xᵀy, from the first to the last; then Lᵀ w = v, from the last to the first.
  for (let i = 0; i < w.length; i++) {
    for (let k = 0; k < i; k++) w[i]! -= L[i]![k]! * w[k]!;
    w[i] = L[i]![i] ? w[i]! / L[i]![i]! : 0;
  }
  for (let i = w.length - 1; i >= 0; i--) {
    for (let k = i + 1; k < w.length; k++) w[i]! -= L[k]![i]! * w[k]!;
    w[i] = L[i]![i] ? w[i]! / L[i]![i]! : 0;
  }
  return w;
}

/** When so little of a column's square is left without the columns before it, it is rounding. */
const NOTHING = 1e-12;

/** L, lower triangular, with L Lᵀ = A. A column that depends on those before it is 0. */
function cholesky(A: readonly Float64Array[]): Float64Array[] {
  const L = A.map((row) => new Float64Array(row.length));
  for (let i = 0; i < L.length; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = A[i]![j]!;
      for (let k = 0; k < j; k++) rest -= L[i]![k]! * L[j]![k]!;
      if (i === j) L[i]![i] = rest > NOTHING * A[i]![i]! ? Math.sqrt(rest) : 0;
      else L[i]![j] = L[j]![j] ? rest / L[j]![j]! : 0;
    }
  }
  return L;
}
