/** Sums of float32 numbers in float64, two at a time. */

/** Adds four float32 numbers to two float64 sums. */
@inline
export function addWide(sums: v128, x: v128): v128 {
  const upper = v128.shuffle<f32>(x, x, 2, 3, 0, 1);
  return f64x2.add(sums, f64x2.add(f64x2.promote_low_f32x4(x), f64x2.promote_low_f32x4(upper)));
}

@inline
export function total(sums: v128): f64 {
  return f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
}
