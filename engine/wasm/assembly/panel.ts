/** A block of a times one panel of b, in tiles. */
import { tiles } from './tile';
import { WIDE } from './wide';

/** Rows of the largest tile. */
const TILE_ROWS = WIDE ? 6 : 2;

/** Up to 16 columns of out, in as few tiles as possible, whose rows differ by one at most. */
export function multiplyPanel(
  out: usize, outRow: i32, a: usize, aRow: i32, aStep: i32, panel: usize, panelRow: i32,
  M: i32, columns: i32, K: i32, accumulate: bool, spare: usize,
): void {
  const count = (M + TILE_ROWS - 1) / TILE_ROWS;
  const rows = M / count;
  const larger = M - count * rows;
  if (larger > 0) tilesOf(rows + 1, larger, out, outRow, a, aRow, aStep, panel, panelRow, K, columns, accumulate, spare);
  out += larger * (rows + 1) * outRow;
  a += larger * (rows + 1) * aRow;
  tilesOf(rows, count - larger, out, outRow, a, aRow, aStep, panel, panelRow, K, columns, accumulate, spare);
}

@inline
function tilesOf(
  rows: i32, count: i32, out: usize, outRow: i32, a: usize, aRow: i32, aStep: i32, b: usize, bRow: i32,
  K: i32, columns: i32, accumulate: bool, spare: usize,
): void {
  if (WIDE) {
    if (rows == 6) tilesOfSix(count, out, outRow, a, aRow, aStep, b, bRow, K, columns, accumulate, spare);
    if (rows == 5) tilesOfFive(count, out, outRow, a, aRow, aStep, b, bRow, K, columns, accumulate, spare);
    if (rows == 4) tilesOfFour(count, out, outRow, a, aRow, aStep, b, bRow, K, columns, accumulate, spare);
    if (rows == 3) tilesOfThree(count, out, outRow, a, aRow, aStep, b, bRow, K, columns, accumulate, spare);
  }
  if (rows == 2) tilesOfTwo(count, out, outRow, a, aRow, aStep, b, bRow, K, columns, accumulate, spare);
  if (rows == 1) tilesOfOne(count, out, outRow, a, aRow, aStep, b, bRow, K, columns, accumulate, spare);
}

function tilesOfOne(
  count: i32, out: usize, outRow: i32, a: usize, aRow: i32, aStep: i32, b: usize, bRow: i32,
  K: i32, columns: i32, accumulate: bool, spare: usize,
): void {
  tiles(1, count, out, outRow, a, aRow, aStep, b, bRow, K, columns, accumulate, spare);
}

function tilesOfTwo(
  count: i32, out: usize, outRow: i32, a: usize, aRow: i32, aStep: i32, b: usize, bRow: i32,
  K: i32, columns: i32, accumulate: bool, spare: usize,
): void {
  tiles(2, count, out, outRow, a, aRow, aStep, b, bRow, K, columns, accumulate, spare);
}

function tilesOfThree(
  count: i32, out: usize, outRow: i32, a: usize, aRow: i32, aStep: i32, b: usize, bRow: i32,
  K: i32, columns: i32, accumulate: bool, spare: usize,
): void {
  tiles(3, count, out, outRow, a, aRow, aStep, b, bRow, K, columns, accumulate, spare);
}

function tilesOfFour(
  count: i32, out: usize, outRow: i32, a: usize, aRow: i32, aStep: i32, b: usize, bRow: i32,
  K: i32, columns: i32, accumulate: bool, spare: usize,
): void {
  tiles(4, count, out, outRow, a, aRow, aStep, b, bRow, K, columns, accumulate, spare);
}

function tilesOfFive(
  count: i32, out: usize, outRow: i32, a: usize, aRow: i32, aStep: i32, b: usize, bRow: i32,
  K: i32, columns: i32, accumulate: bool, spare: usize,
): void {
  tiles(5, count, out, outRow, a, aRow, aStep, b, bRow, K, columns, accumulate, spare);
}

function tilesOfSix(
  count: i32, out: usize, outRow: i32, a: usize, aRow: i32, aStep: i32, b: usize, bRow: i32,
  K: i32, columns: i32, accumulate: bool, spare: usize,
): void {
  tiles(6, count, out, outRow, a, aRow, aStep, b, bRow, K, columns, accumulate, spare);
}
