/**
 * The optimizers' steps, in one pass over the flat parameter array w, its gradient g and the optimizer's
 * memory. The formulas are those of ../../reference/updates.ts. Pointers in bytes; N entries each.
 *
 * Most rows of an embedding have no gradient at most steps. Their memory shrinks at every step until it would
 * become denormal, which processors handle slowly, so denormals are flushed to 0.
 */
import { loadLanes, storeLanes } from './lanes';

/** w -= fraction w */
export function decay(w: usize, N: i32, fraction: f64): void {
  const share = f32x4.splat(<f32>fraction);
  const end = N * 4;
  let n = 0;
  for (; n <= end - 16; n += 16) decayStep(4, w + n, share);
  if (n < end) decayStep((end - n) >> 2, w + n, share);
}

@inline
function decayStep(lanes: i32, w: usize, share: v128): void {
  const weight = loadLanes(w, lanes);
  storeLanes(w, f32x4.sub(weight, f32x4.mul(share, weight)), lanes);
}

/** v = momentum v - rate g;  w += v */
export function sgd(w: usize, g: usize, v: usize, N: i32, rate: f64, momentum: f64): void {
  const r = f32x4.splat(<f32>rate);
  const mu = f32x4.splat(<f32>momentum);
  const end = N * 4;
  let n = 0;
  for (; n <= end - 16; n += 16) sgdStep(4, w + n, g + n, v + n, r, mu);
  if (n < end) sgdStep((end - n) >> 2, w + n, g + n, v + n, r, mu);
}

@inline
function sgdStep(lanes: i32, w: usize, g: usize, v: usize, rate: v128, momentum: v128): void {
  const gradient = loadLanes(g, lanes);
  const velocity = withoutDenormals(f32x4.sub(f32x4.mul(momentum, loadLanes(v, lanes)), f32x4.mul(rate, gradient)));
  storeLanes(v, velocity, lanes);
  storeLanes(w, f32x4.add(loadLanes(w, lanes), velocity), lanes);
}

/** v = momentum v - rate g;  w += momentum v - rate g */
export function nesterov(w: usize, g: usize, v: usize, N: i32, rate: f64, momentum: f64): void {
  const r = f32x4.splat(<f32>rate);
  const mu = f32x4.splat(<f32>momentum);
  const end = N * 4;
  let n = 0;
  for (; n <= end - 16; n += 16) nesterovStep(4, w + n, g + n, v + n, r, mu);
  if (n < end) nesterovStep((end - n) >> 2, w + n, g + n, v + n, r, mu);
}

@inline
function nesterovStep(lanes: i32, w: usize, g: usize, v: usize, rate: v128, momentum: v128): void {
  const push = f32x4.mul(rate, loadLanes(g, lanes));
  const velocity = withoutDenormals(f32x4.sub(f32x4.mul(momentum, loadLanes(v, lanes)), push));
  const change = f32x4.sub(f32x4.mul(momentum, velocity), push);
  storeLanes(v, velocity, lanes);
  storeLanes(w, f32x4.add(loadLanes(w, lanes), change), lanes);
}

/** s = rho s + (1-rho) g²;  w -= rate g / (√(s + inside) + outside) */
export function rmsprop(
  w: usize, g: usize, s: usize, N: i32, rate: f64, rho: f64, inside: f64, outside: f64,
): void {
  divideByRoot(w, g, s, N, rate, rho, 1 - rho, inside, outside);
}

/** s += g²;  w -= rate g / (√(s + inside) + outside) */
export function adagrad(w: usize, g: usize, s: usize, N: i32, rate: f64, inside: f64, outside: f64): void {
  divideByRoot(w, g, s, N, rate, 1, 1, inside, outside);
}

/** s = keep s + take g²;  w -= rate g / (√(s + inside) + outside) */
@inline
function divideByRoot(
  w: usize, g: usize, s: usize, N: i32, rate: f64, keep: f64, take: f64, inside: f64, outside: f64,
): void {
  const r = f32x4.splat(<f32>rate);
  const kept = f32x4.splat(<f32>keep);
  const added = f32x4.splat(<f32>take);
  const i = f32x4.splat(<f32>inside);
  const o = f32x4.splat(<f32>outside);
  const end = N * 4;
  let n = 0;
  for (; n <= end - 16; n += 16) rootStep(4, w + n, g + n, s + n, r, kept, added, i, o);
  if (n < end) rootStep((end - n) >> 2, w + n, g + n, s + n, r, kept, added, i, o);
}

@inline
function rootStep(
  lanes: i32, w: usize, g: usize, s: usize,
  rate: v128, keep: v128, take: v128, inside: v128, outside: v128,
): void {
  const gradient = loadLanes(g, lanes);
  const kept = f32x4.mul(keep, loadLanes(s, lanes));
  // Rows that the batch does not touch need no root and no division.
  if (v128.any_true(gradient)) {
    const square = withoutDenormals(f32x4.add(kept, f32x4.mul(f32x4.mul(take, gradient), gradient)));
    const root = f32x4.add(f32x4.sqrt(f32x4.add(square, inside)), outside);
    const change = f32x4.div(f32x4.mul(rate, gradient), root);
    storeLanes(s, square, lanes);
    // Without a gradient w stays, even if the root is 0.
    const untouched = f32x4.eq(gradient, f32x4.splat(0));
    storeLanes(w, f32x4.sub(loadLanes(w, lanes), v128.andnot(change, untouched)), lanes);
  } else {
    storeLanes(s, withoutDenormals(kept), lanes);
  }
}

/** m = b1 m + (1-b1) g;  v = b2 v + (1-b2) g²;  w -= rate m / (√v + epsilon) */
export function adam(
  w: usize, g: usize, m: usize, v: usize, N: i32, rate: f64, beta1: f64, beta2: f64, epsilon: f64,
): void {
  const r = f32x4.splat(<f32>rate);
  const keep1 = f32x4.splat(<f32>beta1);
  const take1 = f32x4.splat(<f32>(1 - beta1));
  const keep2 = f32x4.splat(<f32>beta2);
  const take2 = f32x4.splat(<f32>(1 - beta2));
  const e = f32x4.splat(<f32>epsilon);
  const end = N * 4;
  let n = 0;
  for (; n <= end - 16; n += 16) adamStep(4, w + n, g + n, m + n, v + n, r, keep1, take1, keep2, take2, e);
  if (n < end) adamStep((end - n) >> 2, w + n, g + n, m + n, v + n, r, keep1, take1, keep2, take2, e);
}

@inline
function adamStep(
  lanes: i32, w: usize, g: usize, m: usize, v: usize,
  rate: v128, keep1: v128, take1: v128, keep2: v128, take2: v128, epsilon: v128,
): void {
  const gradient = loadLanes(g, lanes);
  const share = f32x4.mul(f32x4.mul(take2, gradient), gradient);
  const mean = withoutDenormals(f32x4.add(f32x4.mul(keep1, loadLanes(m, lanes)), f32x4.mul(take1, gradient)));
  const square = withoutDenormals(f32x4.add(f32x4.mul(keep2, loadLanes(v, lanes)), share));
  const change = f32x4.div(f32x4.mul(rate, mean), f32x4.add(f32x4.sqrt(square), epsilon));
  storeLanes(m, mean, lanes);
  storeLanes(v, square, lanes);
  storeLanes(w, f32x4.sub(loadLanes(w, lanes), change), lanes);
}

/** x, or 0 where |x| is below the smallest normal number. Keeps NaN. */
@inline
function withoutDenormals(x: v128): v128 {
  return v128.andnot(x, f32x4.lt(f32x4.abs(x), f32x4.splat(f32.MIN_NORMAL_VALUE)));
}
