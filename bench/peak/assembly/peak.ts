/**
 * Multiplications and additions in registers only: an upper bound for any matrix product.
 * Ten independent chains, four numbers wide.
 */

export const FLOPS_PER_ROUND: i32 = 10 * 4 * 2;

function multiplyAdd(x: v128, y: v128, sum: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(x, y, sum) : f32x4.add(f32x4.mul(x, y), sum);
}

/** The result depends on every operation, so none can be optimized away. It stays below 2. */
export function peak(rounds: i32): f32 {
  const half = f32x4.splat(0.5);
  const one = f32x4.splat(1);
  let a = f32x4.splat(0.0);
  let b = f32x4.splat(0.1);
  let c = f32x4.splat(0.2);
  let d = f32x4.splat(0.3);
  let e = f32x4.splat(0.4);
  let f = f32x4.splat(0.5);
  let g = f32x4.splat(0.6);
  let h = f32x4.splat(0.7);
  let i = f32x4.splat(0.8);
  let j = f32x4.splat(0.9);
  for (let round = 0; round < rounds; round++) {
    a = multiplyAdd(a, half, one);
    b = multiplyAdd(b, half, one);
    c = multiplyAdd(c, half, one);
    d = multiplyAdd(d, half, one);
    e = multiplyAdd(e, half, one);
    f = multiplyAdd(f, half, one);
    g = multiplyAdd(g, half, one);
    h = multiplyAdd(h, half, one);
    i = multiplyAdd(i, half, one);
    j = multiplyAdd(j, half, one);
  }
  const abcd = f32x4.add(f32x4.add(a, b), f32x4.add(c, d));
  const efgh = f32x4.add(f32x4.add(e, f), f32x4.add(g, h));
  return f32x4.extract_lane(f32x4.add(f32x4.add(abcd, efgh), f32x4.add(i, j)), 0);
}
