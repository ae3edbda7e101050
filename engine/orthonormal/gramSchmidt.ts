/**
 * Random orthonormal rows by Gram-Schmidt from normal rows, all orientations equally likely. Removing each
 * projection twice keeps them orthogonal to float64 precision (Giraud et al. 2005).
 */
import type { Random } from '../random.js';
import type { Tensor } from '../tensor.js';

/** Sets the rows of q [n,m], n at most m. The numbers are the same with all kernels, rounded to their type. */
export function drawByGramSchmidt(q: Tensor, random: Random): void {
  const [n, m] = q.shape as [number, number];
  const basis: Float64Array[] = [];

  while (basis.length < n) {
    const v = new Float64Array(m);
    for (let c = 0; c < m; c++) v[c] = random.normal();
    // v -= (u·v) u for each u, twice. A product is summed while the one before is removed; the last is |v|².
    const rounds = 2 * basis.length;
    const factor = (r: number) => (r < rounds ? basis[r % basis.length]! : v);
    let product = subtract(v, v, 0, factor(0));
    for (let r = 1; r <= rounds; r++) product = subtract(v, factor(r - 1), product, factor(r));
    const norm = Math.sqrt(product);
    for (let c = 0; c < m; c++) q.set(basis.length, c, (v[c]! /= norm));
    basis.push(v);
  }
}

/** v -= factor u. Returns the product of the new v and `next`, which may be v. */
function subtract(v: Float64Array, u: Float64Array, factor: number, next: Float64Array): number {
  let product = 0;
  for (let c = 0; c < v.length; c++) {
    v[c]! -= factor * u[c]!;
    product += v[c]! * next[c]!;
  }
  return product;
}
