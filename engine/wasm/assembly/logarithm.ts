/**
 * Logarithms from one series: ln(1 + e) = 2 artanh s with s = e / (2 + e), and artanh s = s + s³/3 + s⁵/5 +
 * ... There is no subtraction, so a small e keeps all its digits. (Abramowitz and Stegun, 4.1.27.)
 *
 * The standard library's `Math.log` is not used: it reads a table that would collide with the arena.
 */
import { multiplyAdd } from './multiplyAdd';

const LN2: f64 = 0.6931471805599453;
const SQRT_HALF: f64 = 0.7071067811865476;

/** ln(1 + e) for 0 ≤ e ≤ 1: s ≤ 1/3, and the omitted terms are below 2e-8 of the result. */
@inline
export function log1p4(e: v128): v128 {
  const s = f32x4.div(e, f32x4.add(e, f32x4.splat(2)));
  const s2 = f32x4.mul(s, s);
  let p = f32x4.splat(1.0 / 13);
  p = multiplyAdd(p, s2, f32x4.splat(1.0 / 11));
  p = multiplyAdd(p, s2, f32x4.splat(1.0 / 9));
  p = multiplyAdd(p, s2, f32x4.splat(1.0 / 7));
  p = multiplyAdd(p, s2, f32x4.splat(1.0 / 5));
  p = multiplyAdd(p, s2, f32x4.splat(1.0 / 3));
  p = multiplyAdd(p, s2, f32x4.splat(1));
  return f32x4.mul(f32x4.add(s, s), p);
}

/**
 * ln x for normal x > 0; NaN and ∞ are returned as they are. x = 2^k y with √½ ≤ y < √2 and e = y - 1:
 * |s| ≤ 0.172, and the omitted terms are below 1e-14 of ln y.
 */
export function ln(x: f64): f64 {
  if (!(x < Infinity)) return x;
  const k = (reinterpret<i64>(x) - reinterpret<i64>(SQRT_HALF)) >> 52;
  const y = reinterpret<f64>(reinterpret<i64>(x) - (k << 52));
  const s = (y - 1) / (y + 1);
  const s2 = s * s;
  let p: f64 = s2 * (1.0 / 17) + 1.0 / 15;
  p = p * s2 + 1.0 / 13;
  p = p * s2 + 1.0 / 11;
  p = p * s2 + 1.0 / 9;
  p = p * s2 + 1.0 / 7;
  p = p * s2 + 1.0 / 5;
  p = p * s2 + 1.0 / 3;
  return <f64>k * LN2 + 2 * s * (p * s2 + 1);
}
