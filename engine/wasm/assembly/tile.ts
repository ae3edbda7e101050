/**
 * The innermost loop of the matrix product: a tile of out, a few rows by 16 columns, whose sums stay in registers
 * while k runs.
 *
 *     out[m, n] (+)= Σ_k a[m, k] b[k, n]      m = 0 .. rows-1    n = 0 .. 15
 *
 * V8 schedules all loads of a loop body before its multiplications. With vectors of 128 bits, the eight sums of two rows
 * and six loaded vectors take fourteen of sixteen registers; a larger tile spills to memory, and so does unrolling k by
 * two (which halves the measured speed). With 256 bits (see wide.ts), six rows are twelve sums, b takes two registers and
 * a number of a, row after row, one.
 *
 * Narrow tiles compute all 16 columns and store the first few, and a single row runs the same steps as six.
 * So the bits of an entry do not depend on its tile.
 */
import { multiplyAdd } from './multiplyAdd';
import { WIDE } from './wide';

/** Columns of a tile, and of a packed panel of b. */
export const TILE_COLUMNS = 16;
/** Bytes of one row of a tile. */
export const TILE_ROW_BYTES = TILE_COLUMNS * 4;

/**
 * `count` tiles, one below the other. Each has `rows` rows, 1 to 6, a constant: the compiler generates a function for
 * each. Pointers and strides in bytes; the columns of a are `aStep` apart, those of b, 16, adjacent.
 */
@inline
export function tiles(
  rows: i32, count: i32, out: usize, outRow: i32, a: usize, aRow: i32, aStep: i32, b: usize, bRow: i32,
  K: i32, columns: i32, accumulate: bool, spare: usize,
): void {
  for (; count > 0; count--, out += rows * outRow, a += rows * aRow) {
    tile(rows, out, outRow, a, aRow, aStep, b, bRow, K, columns, accumulate, spare);
  }
}

@inline
function tile(
  rows: i32, out: usize, outRow: i32, a: usize, aRow: i32, aStep: i32, b: usize, bRow: i32,
  K: i32, columns: i32, accumulate: bool, spare: usize,
): void {
  let s00 = f32x4.splat(0), s01 = f32x4.splat(0), s02 = f32x4.splat(0), s03 = f32x4.splat(0);
  let s10 = f32x4.splat(0), s11 = f32x4.splat(0), s12 = f32x4.splat(0), s13 = f32x4.splat(0);
  let s20 = f32x4.splat(0), s21 = f32x4.splat(0), s22 = f32x4.splat(0), s23 = f32x4.splat(0);
  let s30 = f32x4.splat(0), s31 = f32x4.splat(0), s32 = f32x4.splat(0), s33 = f32x4.splat(0);
  let s40 = f32x4.splat(0), s41 = f32x4.splat(0), s42 = f32x4.splat(0), s43 = f32x4.splat(0);
  let s50 = f32x4.splat(0), s51 = f32x4.splat(0), s52 = f32x4.splat(0), s53 = f32x4.splat(0);
  let a1 = a + aRow, a2 = a1 + aRow, a3 = a2 + aRow, a4 = a3 + aRow, a5 = a4 + aRow;
  // The pointer into b is also the loop counter.
  for (const end = b + K * bRow; b < end; b += bRow) {
    const y0 = v128.load(b), y1 = v128.load(b, 16), y2 = v128.load(b, 32), y3 = v128.load(b, 48);
    let x = v128.load32_splat(a);
    s00 = multiplyAdd(x, y0, s00);
    s01 = multiplyAdd(x, y1, s01);
    s02 = multiplyAdd(x, y2, s02);
    s03 = multiplyAdd(x, y3, s03);
    if (rows > 1) {
      x = v128.load32_splat(a1);
      s10 = multiplyAdd(x, y0, s10);
      s11 = multiplyAdd(x, y1, s11);
      s12 = multiplyAdd(x, y2, s12);
      s13 = multiplyAdd(x, y3, s13);
    }
    if (rows > 2) {
      x = v128.load32_splat(a2);
      s20 = multiplyAdd(x, y0, s20);
      s21 = multiplyAdd(x, y1, s21);
      s22 = multiplyAdd(x, y2, s22);
      s23 = multiplyAdd(x, y3, s23);
    }
    if (rows > 3) {
      x = v128.load32_splat(a3);
      s30 = multiplyAdd(x, y0, s30);
      s31 = multiplyAdd(x, y1, s31);
      s32 = multiplyAdd(x, y2, s32);
      s33 = multiplyAdd(x, y3, s33);
    }
    if (rows > 4) {
      x = v128.load32_splat(a4);
      s40 = multiplyAdd(x, y0, s40);
      s41 = multiplyAdd(x, y1, s41);
      s42 = multiplyAdd(x, y2, s42);
      s43 = multiplyAdd(x, y3, s43);
    }
    if (rows > 5) {
      x = v128.load32_splat(a5);
      s50 = multiplyAdd(x, y0, s50);
      s51 = multiplyAdd(x, y1, s51);
      s52 = multiplyAdd(x, y2, s52);
      s53 = multiplyAdd(x, y3, s53);
    }
    a += aStep;
    if (rows > 1) a1 += aStep;
    if (rows > 2) a2 += aStep;
    if (rows > 3) a3 += aStep;
    if (rows > 4) a4 += aStep;
    if (rows > 5) a5 += aStep;
  }
  storeRow(out, columns, accumulate, spare, s00, s01, s02, s03);
  if (rows > 1) storeRow(out + outRow, columns, accumulate, spare, s10, s11, s12, s13);
  if (rows > 2) storeRow(out + 2 * outRow, columns, accumulate, spare, s20, s21, s22, s23);
  if (rows > 3) storeRow(out + 3 * outRow, columns, accumulate, spare, s30, s31, s32, s33);
  if (rows > 4) storeRow(out + 4 * outRow, columns, accumulate, spare, s40, s41, s42, s43);
  if (rows > 5) storeRow(out + 5 * outRow, columns, accumulate, spare, s50, s51, s52, s53);
}

/** Panels of b that a single row multiplies at once. */
export const ROW_PANELS = WIDE ? 4 : 2;

/**
 * A single row: the sums of one panel would wait for each other, so it takes several, `panel` bytes apart, of which
 * `columns` columns are wanted. The same steps for each entry as in a tile.
 */
export function tileOfPanels(
  out: usize, a: usize, aStep: i32, b: usize, bRow: i32, panel: i32, K: i32, columns: i32, accumulate: bool, spare: usize,
): void {
  const wanted = (columns - 1) / TILE_COLUMNS;
  let b1 = b + min(wanted, 1) * panel, b2 = b + min(wanted, 2) * panel, b3 = b + min(wanted, 3) * panel;
  let s00 = f32x4.splat(0), s01 = f32x4.splat(0), s02 = f32x4.splat(0), s03 = f32x4.splat(0);
  let s10 = f32x4.splat(0), s11 = f32x4.splat(0), s12 = f32x4.splat(0), s13 = f32x4.splat(0);
  let s20 = f32x4.splat(0), s21 = f32x4.splat(0), s22 = f32x4.splat(0), s23 = f32x4.splat(0);
  let s30 = f32x4.splat(0), s31 = f32x4.splat(0), s32 = f32x4.splat(0), s33 = f32x4.splat(0);
  for (const end = b + K * bRow; b < end; a += aStep) {
    const x = v128.load32_splat(a);
    s00 = multiplyAdd(x, v128.load(b), s00);
    s01 = multiplyAdd(x, v128.load(b, 16), s01);
    s02 = multiplyAdd(x, v128.load(b, 32), s02);
    s03 = multiplyAdd(x, v128.load(b, 48), s03);
    b += bRow;
    s10 = multiplyAdd(x, v128.load(b1), s10);
    s11 = multiplyAdd(x, v128.load(b1, 16), s11);
    s12 = multiplyAdd(x, v128.load(b1, 32), s12);
    s13 = multiplyAdd(x, v128.load(b1, 48), s13);
    b1 += bRow;
    if (ROW_PANELS > 2) {
      s20 = multiplyAdd(x, v128.load(b2), s20);
      s21 = multiplyAdd(x, v128.load(b2, 16), s21);
      s22 = multiplyAdd(x, v128.load(b2, 32), s22);
      s23 = multiplyAdd(x, v128.load(b2, 48), s23);
      b2 += bRow;
      s30 = multiplyAdd(x, v128.load(b3), s30);
      s31 = multiplyAdd(x, v128.load(b3, 16), s31);
      s32 = multiplyAdd(x, v128.load(b3, 32), s32);
      s33 = multiplyAdd(x, v128.load(b3, 48), s33);
      b3 += bRow;
    }
  }
  storeRow(out, columns, accumulate, spare, s00, s01, s02, s03);
  if (wanted > 0) storeRow(out + 64, columns - 16, accumulate, spare, s10, s11, s12, s13);
  if (ROW_PANELS > 2) {
    if (wanted > 1) storeRow(out + 128, columns - 32, accumulate, spare, s20, s21, s22, s23);
    if (wanted > 2) storeRow(out + 192, columns - 48, accumulate, spare, s30, s31, s32, s33);
  }
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

// The upper vector of a pair first: see pairVectors.js.
@inline
export function storeVectors(to: usize, s0: v128, s1: v128, s2: v128, s3: v128): void {
  v128.store(to, s1, 16);
  v128.store(to, s0);
  v128.store(to, s3, 48);
  v128.store(to, s2, 32);
}
