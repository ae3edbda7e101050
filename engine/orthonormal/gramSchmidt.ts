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
    const v = Float64Array.from({ length: m }, () => random.normal());
    for (let pass = 0; pass < 2; pass++) for (const u of basis) addMultiple(v, u, -dot(u, v));
    const norm = Math.sqrt(dot(v, v));
    for (let c = 0; c < m; c++) v[c]! /= norm;
    basis.push(v);
  }
  basis.forEach((v, r) => v.forEach((value, c) => void q.set(r, c, value)));
}

function dot(u: Float64Array, v: Float64Array): number {
  let sum = 0;
  for (let n = 0; n < u.length; n++) sum += u[n]! * v[n]!;
  return sum;
}

/** v += factor u */
function addMultiple(v: Float64Array, u: Float64Array, factor: number): void {
  for (let n = 0; n < v.length; n++) v[n]! += factor * u[n]!;
}
