/**
 * Random orthonormal rows as a product of random reflections, so that matrix products do nearly all the work.
 *
 * H_k = I - v_kᵀ v_k with |v_k|² = 2 is a Householder reflection. Draw a normal vector x of m-k entries, and
 * let v_k be 0 before entry k and, from there on, such that H_k maps d_k e_k to x / |x|, d_k = ±1. Then
 *
 *     q [n,m] = [D 0] H_{n-1} ⋯ H_1 H_0,   D = diag(d_0 … d_{n-1})
 *
 * is what Gram-Schmidt makes of n normal rows, in distribution: all orientations are equally likely.
 * (Stewart, The efficient generation of random orthogonal matrices, SIAM J. Numer. Anal. 17, 1980.)
 *
 * The reflections of a block are applied at once. With the block's v_k as rows of V,
 *
 *     H_{b-1} ⋯ H_0 = I - Vᵀ (I + L)⁻¹ V,   L = the part of V Vᵀ below the diagonal.
 *
 * (Schreiber and Van Loan, A storage-efficient WY representation for products of Householder transformations,
 * SIAM J. Sci. Stat. Comput. 10, 1989; the inverse is by Puglisi, the same journal 13, 1992.)
 */
import type { Kernels } from '../kernels.js';
import { fillNormal, type Random } from '../random.js';
import { dense } from '../shapes.js';
import { transpose, type FloatArray, type Tensor } from '../tensor.js';

const { abs, min, sqrt } = Math;

/** Reflections applied at once: as many as a tile of the product has columns. More would need more memory. */
const BLOCK = 16;

/**
 * Makes the rows of q orthonormal, up to rounding. Its scratch tensors are as large as 16 rows and 32 columns
 * of q; the kernels cannot free them.
 * @param q zeros [n,m], n at most m
 */
export function drawByReflections(q: Tensor, random: Random, k: Kernels): void {
  const [n, m] = q.shape as [number, number];
  const allV = k.zeros(BLOCK, m);
  const allS = k.zeros(BLOCK, BLOCK);
  const [allY, allZ] = [k.zeros(n, BLOCK), k.zeros(n, BLOCK)];

  // The last block first: it changes the rows from its own on, and their columns before it are still 0.
  for (let from = n - 1 - ((n - 1) % BLOCK); from >= 0; from -= BLOCK) {
    const b = min(BLOCK, n - from);
    const rest = q.lo(from, from);
    const V = allV.hi(b, m).lo(0, from);
    const [S, Y, Z] = [allS.hi(b, b), allY.hi(n - from, b), allZ.hi(n - from, b)];

    for (let i = b - 1; i >= 0; i--) rest.set(i, i, drawReflection(dense(V.pick(i, null).lo(i)), random));
    // rest = rest (I - Vᵀ (I + L)⁻¹ V)
    k.matmul(S, V, transpose(V));
    invert(S);
    k.matmul(Y, rest, transpose(V));
    k.matmul(Z, Y, S);
    k.matmul(rest, Z, V, true);
  }
}

/**
 * Sets v, |v|² = 2, so that its reflection maps d e_0 to x / |x| for a normal vector x.
 * @returns d, the sign opposite to x_0: nothing cancels in v_0, a difference of numbers of opposite signs
 */
function drawReflection(v: FloatArray, random: Random): number {
  fillNormal(v, random);
  let squares = 0;
  for (let c = 0; c < v.length; c++) squares += v[c]! * v[c]!;
  const norm = sqrt(squares);

  // v = (x - d |x| e_0) √2 / |x - d |x| e_0|, and |x - d |x| e_0|² = 2 |x| |x_0 - d |x||.
  const d = v[0]! < 0 ? 1 : -1;
  v[0]! -= d * norm;
  const factor = 1 / sqrt(norm * abs(v[0]!));
  for (let c = 0; c < v.length; c++) v[c]! *= factor;
  return d;
}

/** S = -(I + L)⁻¹, L the part of S below the diagonal: forward substitution, row by row. */
function invert(S: Tensor): void {
  const b = S.shape[0]!;
  for (let i = 0; i < b; i++) {
    for (let j = 0; j < b; j++) {
      let entry = i === j ? -1 : 0;
      for (let l = j; l < i; l++) entry -= S.get(i, l) * S.get(l, j);
      S.set(i, j, entry);
    }
  }
}
