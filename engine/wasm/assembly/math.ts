/**
 * e^x, tanh and σ of four float32 numbers at once. Over all float32 numbers the error is below 1.1 ulp for
 * e^x and 2.7 ulp for tanh and σ, denormal results included (tests/engine/math.test.ts). NaN gives NaN, ±∞
 * the limit.
 *
 * All three use range reduction: x = n·ln2 + r with integer n and |r| ≤ ln2/2, so that e^x = 2^n · e^r, and a
 * polynomial suffices for e^r. (Cody and Waite, Software Manual for the Elementary Functions, 1980.)
 *
 * Lanes are independent: the result for a number does not depend on its position in a row.
 */
import { multiplyAdd } from './multiplyAdd';

const LOG2_E: f32 = 1.4426950408889634;
const LN2: f32 = 0.6931471805599453;
// ln2 in two parts. n · HIGH is exact: HIGH has 10 bits, n has 8.
const LN2_HIGH: f32 = 0.693359375;
const LN2_LOW: f32 = -2.12194440e-4;

/**
 * Adding this to a small number leaves no fraction bits: the sum is rounded to an integer, which is in its
 * lowest bits. `ROUND` itself is 0 in the bits that a left shift by 23 keeps.
 */
const ROUND: f32 = 12582912; // 1.5 · 2^23
/** The float32 exponent bias: exponent bits of BIAS + n encode 2^n. */
const BIAS: f32 = 127;

@inline
export function exp4(x: v128): v128 {
  // Outside this range, e^x is 0 or ∞. (pmin and pmax keep NaN.)
  x = between(x, -104, 89);
  const whole = multiplyAdd(x, f32x4.splat(LOG2_E), f32x4.splat(ROUND + 2 * BIAS));
  const n = f32x4.sub(whole, f32x4.splat(ROUND + 2 * BIAS));
  const y = f32x4.add(f32x4.splat(1), expMinusOne(rest(x, n)));
  // 2^n in two factors: it may overflow or underflow a float32 when the result does not.
  const half = i32x4.shr_u(whole, 1);
  return f32x4.mul(f32x4.mul(y, toExponent(half)), toExponent(i32x4.sub(whole, half)));
}

/** σ(x) = e^x / (1 + e^x) = y 2^n / (1 + y 2^n) */
@inline
export function sigmoid4(x: v128): v128 {
  // Outside this range, σ is 0 or 1.
  x = between(x, -104, 20);
  // Numerator and denominator are scaled by 2^32, because for the most negative x, 2^n underflows a float32.
  const whole = multiplyAdd(x, f32x4.splat(LOG2_E), f32x4.splat(ROUND + BIAS + 32));
  const n = f32x4.sub(whole, f32x4.splat(ROUND + BIAS + 32));
  const scale = toExponent(whole);
  const e = multiplyAdd(expMinusOne(rest(x, n)), scale, scale);
  return f32x4.div(e, f32x4.add(f32x4.splat(4294967296), e));
}

/** tanh |x| = d / (d + 2) with d = e^2|x| - 1; unlike e^2|x|, d keeps all digits of a small x. */
@inline
export function tanh4(x: v128): v128 {
  const sign = v128.and(x, f32x4.splat(-0.0));
  const size = v128.xor(x, sign);
  // Beyond this, tanh is 1.
  const x2 = f32x4.pmin(f32x4.add(size, size), f32x4.splat(20));
  const whole = multiplyAdd(x2, f32x4.splat(LOG2_E), f32x4.splat(ROUND + BIAS));
  const n = f32x4.sub(whole, f32x4.splat(ROUND + BIAS));
  const scale = toExponent(whole);
  // One part of ln2 suffices: where n is large enough for its error to matter, tanh hardly changes.
  const r = multiplyAdd(n, f32x4.splat(-LN2), x2);
  const d = multiplyAdd(expMinusOne(r), scale, f32x4.sub(scale, f32x4.splat(1)));
  return v128.or(sign, f32x4.div(d, f32x4.add(d, f32x4.splat(2))));
}

@inline
function between(x: v128, low: f32, high: f32): v128 {
  return f32x4.pmax(f32x4.pmin(x, f32x4.splat(high)), f32x4.splat(low));
}

/** r = x - n·ln2 */
@inline
function rest(x: v128, n: v128): v128 {
  return multiplyAdd(n, f32x4.splat(-LN2_LOW), multiplyAdd(n, f32x4.splat(-LN2_HIGH), x));
}

/** The float32 whose exponent is in the lowest eight bits. */
@inline
function toExponent(whole: v128): v128 {
  return i32x4.shl(whole, 23);
}

/**
 * e^r - 1 = r + r² P(r), for |r| ≤ 0.34665. The coefficients of P minimize the largest error relative to
 * e^r - 1, 1.4e-8 (at most a fifth of an ulp). They were found by linear programming on Chebyshev points,
 * each rounded to float32 before solving for the next. P is evaluated in two halves to shorten the dependency
 * chain.
 */
@inline
function expMinusOne(r: v128): v128 {
  const r2 = f32x4.mul(r, r);
  const p01 = multiplyAdd(r, f32x4.splat(0.16666546), f32x4.splat(0.49999997));
  const p23 = multiplyAdd(r, f32x4.splat(0.008366259), f32x4.splat(0.04166744));
  const p234 = multiplyAdd(r2, f32x4.splat(0.0013870223), p23);
  return multiplyAdd(multiplyAdd(p234, r2, p01), r2, r);
}
