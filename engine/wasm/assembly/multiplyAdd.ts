/**
 * The only difference between the simd and the relaxed build: the latter fuses product and sum (one rounding, one
 * instruction) where the engine and the processor do, the former rounds twice. All products go through here, so the
 * bits of an entry do not depend on the loop that computed it.
 */

@inline
export function multiplyAdd(x: v128, y: v128, sum: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(x, y, sum) : f32x4.add(f32x4.mul(x, y), sum);
}

/** The same with single numbers, which shows how it rounds (../platform/fused.ts). */
export function multiplyAddOne(x: f32, y: f32, sum: f32): f32 {
  return f32x4.extract_lane(multiplyAdd(f32x4.splat(x), f32x4.splat(y), f32x4.splat(sum)), 0);
}
