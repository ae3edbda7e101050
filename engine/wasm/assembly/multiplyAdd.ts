/**
 * The one place where the two builds differ: the relaxed build fuses product and sum (one rounding, one
 * instruction), the plain build rounds twice. Every product of a build goes through here, so that an entry
 * has the same bits whichever loop computed it.
 */

@inline
export function multiplyAdd(x: v128, y: v128, sum: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(x, y, sum) : f32x4.add(f32x4.mul(x, y), sum);
}
