/** The derivatives of σ and tanh as functions of their outputs. */

/** tanh' = 1 - y² */
@inline
export function tanhSlope(y: v128): v128 {
  return f32x4.sub(f32x4.splat(1), f32x4.mul(y, y));
}

/** σ' = s(1-s) */
@inline
export function sigmoidSlope(s: v128): v128 {
  return f32x4.mul(s, oneMinus(s));
}

/** 1 - x */
@inline
export function oneMinus(x: v128): v128 {
  return f32x4.sub(f32x4.splat(1), x);
}
