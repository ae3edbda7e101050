/** Linear regression: the weights that minimize the sum of squared errors. */

/**
 * Solves the normal equations (XᵀX) w = Xᵀy in float64 by Cholesky decomposition, XᵀX = L Lᵀ. A column that
 * is linearly dependent on earlier ones gets weight 0.
 * @param products XᵀX; only its lower half is read
 * @param sums Xᵀy
 */
export function leastSquares(products: readonly Float64Array[], sums: Float64Array): Float64Array {
  const L = cholesky(products);
  const w = sums.slice();
  // L v = Xᵀy from first to last; then Lᵀ w = v from last to first.
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

/** A smaller remainder of a column's square, after projecting out the earlier columns, is rounding error. */
const NOTHING = 1e-12;

/** Lower triangular L with L Lᵀ = A. The column of a linearly dependent column of X is 0. */
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
