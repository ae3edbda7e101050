/**
 * The only difference between the two builds: the relaxed build fuses product and sum (one rounding, one
 * instruction), the plain build rounds twice. All products go through here, so the bits of an entry do not
 * depend on the loop that computed it.
 */

@inline
export function multiplyAdd(x: v128, y: v128, sum: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(x, y, sum) : f32x4.add(f32x4.mul(x, y), sum);
}
