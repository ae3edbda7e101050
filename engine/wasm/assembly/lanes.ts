/** The last 1, 2 or 3 numbers of a row: loads and stores them without touching memory after it. */

/** Loads `n` numbers from `p`, n = 1 to 4; the other lanes are 0. */
@inline
export function loadLanes(p: usize, n: i32): v128 {
  if (n == 4) return v128.load(p);
  if (n == 1) return v128.load32_zero(p);
  const two = v128.load64_zero(p);
  return n == 2 ? two : v128.load_lane<f32>(p + 8, two, 2);
}

/** Stores the first `n` lanes at `p`. */
@inline
export function storeLanes(p: usize, x: v128, n: i32): void {
  if (n == 4) v128.store(p, x);
  else if (n == 1) v128.store_lane<f32>(p, x, 0);
  else {
    v128.store_lane<i64>(p, x, 0);
    if (n == 3) v128.store_lane<f32>(p + 8, x, 2);
  }
}

/** The first lanes of x; the others are 0. */
@inline
export function firstLanes(x: v128, lanes: i32): v128 {
  return lanes == 4 ? x : v128.and(x, i32x4.gt_s(i32x4.splat(lanes), i32x4(0, 1, 2, 3)));
}
