/**
 * Row by row: biases, lookups by row number, masks.
 * Pointers in bytes, strides in entries; the entries of a row are adjacent.
 */
import { addRow, copyRow } from './elementwise';
import { loadLanes, storeLanes } from './lanes';

/** Every row of out [M,N] = row [N]. */
export function setRows(out: usize, outStride: i32, row: usize, M: i32, N: i32): void {
  for (let m = 0; m < M; m++, out += outStride * 4) copyRow(out, row, N);
}

/**
 * out [N] += the sum of the rows of x [M,N]. Four rows at a time: out is loaded and stored once per four
 * rows, and adding their short sum rounds less.
 */
export function sumRows(out: usize, x: usize, xStride: i32, M: i32, N: i32): void {
  const row = xStride * 4;
  let m = 0;
  for (; m <= M - 4; m += 4, x += 4 * row) addFourRows(out, x, row, N);
  for (; m < M; m++, x += row) addRow(out, x, N);
}

/** N entries: out += the sum of four rows, `row` bytes apart. */
@inline
function addFourRows(out: usize, x: usize, row: i32, N: i32): void {
  const end = N * 4;
  let n = 0;
  for (; n <= end - 16; n += 16) addFourLanes(4, out + n, x + n, row);
  if (n < end) addFourLanes((end - n) >> 2, out + n, x + n, row);
}

@inline
function addFourLanes(lanes: i32, out: usize, x: usize, row: i32): void {
  const first = f32x4.add(loadLanes(x, lanes), loadLanes(x + row, lanes));
  const second = f32x4.add(loadLanes(x + 2 * row, lanes), loadLanes(x + 3 * row, lanes));
  storeLanes(out, f32x4.add(loadLanes(out, lanes), f32x4.add(first, second)), lanes);
}

/**
 * Row m of out [M,N] = row ids[m] of table [V,N], or += with `accumulate`.
 * Stops at the first m whose id is not a row of the table, and returns it; or -1.
 */
export function gather(
  out: usize, outStride: i32, table: usize, tableStride: i32, ids: usize, idsStride: i32,
  M: i32, V: i32, N: i32, accumulate: bool,
): i32 {
  for (let m = 0; m < M; m++, out += outStride * 4, ids += idsStride * 4) {
    const id = i32.load(ids);
    // The comparison is unsigned, so it catches negative numbers too.
    if (<u32>id >= <u32>V) return m;
    const row = table + id * tableStride * 4;
    if (accumulate) addRow(out, row, N);
    else copyRow(out, row, N);
  }
  return -1;
}

/** Row ids[m] of table [V,N] += row m of x [M,N]. Stops and returns as `gather` does. */
export function scatterAdd(
  table: usize, tableStride: i32, ids: usize, idsStride: i32, x: usize, xStride: i32, M: i32, V: i32, N: i32,
): i32 {
  for (let m = 0; m < M; m++, x += xStride * 4, ids += idsStride * 4) {
    const id = i32.load(ids);
    if (<u32>id >= <u32>V) return m;
    addRow(table + id * tableStride * 4, x, N);
  }
  return -1;
}

/** Row m of out [M,N] = row m of x where mask[m] is 0. */
export function copyMasked(
  out: usize, outStride: i32, x: usize, xStride: i32, mask: usize, maskStride: i32, M: i32, N: i32,
): void {
  for (let m = 0; m < M; m++, out += outStride * 4, x += xStride * 4, mask += maskStride * 4) {
    if (f32.load(mask) == 0) copyRow(out, x, N);
  }
}
