/**
 * The innermost loop of the matrix product: a tile of out, 2 rows by 16 columns, whose eight sums stay in
 * registers while k runs.
 *
 *     out[m, n] (+)= Σ_k a[m, k] b[k, n]      m = 0, 1    n = 0 .. 15
 *
 * V8 schedules all loads of a loop body before its multiplications. Eight sums and six loaded vectors take
 * fourteen of sixteen registers; a larger tile spills to memory, and so does unrolling k by two (which halves
 * the measured speed). The two products with each vector of b are adjacent: without fused multiply-add, this
 * order is a tenth faster than row after row.
 *
 * Narrow tiles compute all 16 columns and store the first few, and a single row runs the same steps as two.
 * So the bits of an entry do not depend on its tile.
 */
import { multiplyAdd } from './multiplyAdd';

/** Columns of a tile, and of a packed panel of b. */
export const TILE_COLUMNS = 16;
/** Bytes of one row of a tile. */
export const TILE_ROW_BYTES = TILE_COLUMNS * 4;

/**
 * Two rows of out. Pointers and strides in bytes; the columns of a and b are adjacent, and b has 16 of them.
 */
export function tileOfTwo(
  out: usize, outRow: i32, a: usize, aRow: i32, b: usize, bRow: i32,
  K: i32, columns: i32, accumulate: bool, spare: usize,
): void {
  tile(true, out, outRow, a, aRow, b, bRow, K, columns, accumulate, spare);
}

/** The last row when the number of rows is odd. */
export function tileOfOne(
  out: usize, a: usize, b: usize, bRow: i32, K: i32, columns: i32, accumulate: bool, spare: usize,
): void {
  tile(false, out, 0, a, 0, b, bRow, K, columns, accumulate, spare);
}

// `two` is a constant at both calls, so the compiler generates two functions.
@inline
function tile(
  two: bool, out: usize, outRow: i32, a: usize, aRow: i32, b: usize, bRow: i32,
  K: i32, columns: i32, accumulate: bool, spare: usize,
): void {
  let s00 = f32x4.splat(0), s01 = f32x4.splat(0), s02 = f32x4.splat(0), s03 = f32x4.splat(0);
  let s10 = f32x4.splat(0), s11 = f32x4.splat(0), s12 = f32x4.splat(0), s13 = f32x4.splat(0);
  let a1 = a + aRow;
  // The pointer into b is also the loop counter.
  for (const end = b + K * bRow; b < end; b += bRow) {
    const x0 = v128.load32_splat(a);
    const x1 = two ? v128.load32_splat(a1) : x0;
    let y = v128.load(b);
    s00 = multiplyAdd(x0, y, s00);
    if (two) s10 = multiplyAdd(x1, y, s10);
    y = v128.load(b, 16);
    s01 = multiplyAdd(x0, y, s01);
    if (two) s11 = multiplyAdd(x1, y, s11);
    y = v128.load(b, 32);
    s02 = multiplyAdd(x0, y, s02);
    if (two) s12 = multiplyAdd(x1, y, s12);
    y = v128.load(b, 48);
    s03 = multiplyAdd(x0, y, s03);
    if (two) s13 = multiplyAdd(x1, y, s13);
    a += 4;
    if (two) a1 += 4;
  }
  storeRow(out, columns, accumulate, spare, s00, s01, s02, s03);
  if (two) storeRow(out + outRow, columns, accumulate, spare, s10, s11, s12, s13);
}

@inline
function storeRow(
  out: usize, columns: i32, accumulate: bool, spare: usize, s0: v128, s1: v128, s2: v128, s3: v128,
): void {
  if (columns >= TILE_COLUMNS) {
    if (accumulate) {
      s0 = f32x4.add(v128.load(out), s0);
      s1 = f32x4.add(v128.load(out, 16), s1);
      s2 = f32x4.add(v128.load(out, 32), s2);
      s3 = f32x4.add(v128.load(out, 48), s3);
    }
    storeVectors(out, s0, s1, s2, s3);
  } else {
    // Goes through a spare row, because nothing beyond `columns` may be written.
    storeVectors(spare, s0, s1, s2, s3);
    for (; columns >= 4; columns -= 4, spare += 16, out += 16) {
      const s = v128.load(spare);
      v128.store(out, accumulate ? f32x4.add(v128.load(out), s) : s);
    }
    for (; columns > 0; columns--, spare += 4, out += 4) {
      const s = f32.load(spare);
      f32.store(out, accumulate ? f32.load(out) + s : s);
    }
  }
}

@inline
function storeVectors(to: usize, s0: v128, s1: v128, s2: v128, s3: v128): void {
  v128.store(to, s0);
  v128.store(to, s1, 16);
  v128.store(to, s2, 32);
  v128.store(to, s3, 48);
}
