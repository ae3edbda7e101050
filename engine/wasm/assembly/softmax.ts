/**
 * softmax(z)_n = e^z_n / Σ e^z, the probabilities that belong to logits. Pointers in bytes, strides in entries; the entries
 * of a row are adjacent.
 */
import { scale } from './elementwise';
import { firstLanes, loadLanes, storeLanes } from './lanes';
import { exp4 } from './math';
import { addWide, total } from './wideSums';

/** Row m of out [M,N] = softmax(x_m / temperature). */
export function softmax(
  out: usize, outStride: i32, x: usize, xStride: i32, M: i32, N: i32, temperature: f32,
): void {
  // Finite, because 0 times infinity is NaN.
  const inverse = min<f32>(1 / temperature, f32.MAX_VALUE);
  for (let m = 0; m < M; m++, out += outStride * 4, x += xStride * 4) {
    const sum = exponentials(out, x, N, largestOf(x, N), inverse);
    scale(out, N, 1, N, <f32>(1 / sum));
  }
}

/**
 * N entries: out = e^((x - largest) inverse), unless its address is 0. Softmax is invariant to shifting all logits; with the
 * largest at 0 no exponential overflows. Inlined, so that an inverse of 1 costs nothing where it is a constant.
 * @returns the sum, in float64
 */
@inline
export function exponentials(out: usize, x: usize, N: i32, largest: f32, inverse: f32): f64 {
  const shift = f32x4.splat(largest);
  const end = N * 4;
  let sums = f64x2.splat(0);
  let n = 0;
  for (; n <= end - 16; n += 16) sums = addExponentials(4, sums, out, x, n, shift, inverse);
  if (n < end) sums = addExponentials((end - n) >> 2, sums, out, x, n, shift, inverse);
  return total(sums);
}

@inline
function addExponentials(
  lanes: i32, sums: v128, out: usize, x: usize, n: i32, shift: v128, inverse: f32,
): v128 {
  let z = f32x4.sub(loadLanes(x + n, lanes), shift);
  if (inverse != 1) z = f32x4.mul(z, f32x4.splat(inverse));
  const e = exp4(z);
  if (out) storeLanes(out + n, e, lanes);
  return addWide(sums, firstLanes(e, lanes));
}

/** The largest entry. It may miss a NaN, which the sum of the exponentials then exposes. */
export function largestOf(x: usize, N: i32): f32 {
  let four = v128.load32_splat(x);
  for (const end = x + (N & ~3) * 4; x < end; x += 16) four = f32x4.pmax(four, v128.load(x));
  four = f32x4.pmax(four, v128.shuffle<f32>(four, four, 2, 3, 0, 1));
  four = f32x4.pmax(four, v128.shuffle<f32>(four, four, 1, 0, 3, 2));
  let largest = f32x4.extract_lane(four, 0);
  for (let rest = N & 3; rest > 0; rest--, x += 4) largest = max(largest, f32.load(x));
  return largest;
}
