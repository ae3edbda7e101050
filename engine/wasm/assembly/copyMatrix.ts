/**
 * Copies a matrix so that its columns are adjacent, as the tiles read it.
 * A matrix stored transposed is copied in 4x4 blocks: load four vectors, transpose, store four vectors.
 * Pointers and strides in bytes.
 */
import { copyRow } from './elementwise';
import { storeVectors, TILE_COLUMNS } from './tile';

export function copyMatrix(
  to: usize, toRow: i32, from: usize, fromRow: i32, fromColumn: i32, rows: i32, columns: i32,
): void {
  if (fromColumn == 4) copyRows(to, toRow, from, fromRow, rows, columns);
  else if (fromRow == 4) copyTransposed(to, toRow, from, fromColumn, rows, columns);
  else copyEntries(to, toRow, from, fromRow, fromColumn, rows, columns);
}

function copyRows(to: usize, toRow: i32, from: usize, fromRow: i32, rows: i32, columns: i32): void {
  // The common case, a full panel, has a loop without branches.
  if (columns == TILE_COLUMNS) {
    for (let row = 0; row < rows; row++, to += toRow, from += fromRow) {
      storeVectors(to, v128.load(from), v128.load(from, 16), v128.load(from, 32), v128.load(from, 48));
    }
  } else {
    for (let row = 0; row < rows; row++, to += toRow, from += fromRow) copyRow(to, from, columns);
  }
}

/** to[row, column] = from[column, row]; `fromColumn` is the distance between columns. */
function copyTransposed(to: usize, toRow: i32, from: usize, fromColumn: i32, rows: i32, columns: i32): void {
  let column = 0;
  for (; column <= columns - 4; column += 4) {
    let t = to + column * 4;
    let f = from + column * fromColumn;
    let row = 0;
    for (; row <= rows - 4; row += 4, t += 4 * toRow, f += 16) {
      const c0 = v128.load(f);
      const c1 = v128.load(f + fromColumn);
      const c2 = v128.load(f + 2 * fromColumn);
      const c3 = v128.load(f + 3 * fromColumn);
      // Interleave rows 0 1 and rows 2 3 of two columns each, then join the pairs.
      const top01 = v128.shuffle<f32>(c0, c1, 0, 4, 1, 5);
      const top23 = v128.shuffle<f32>(c2, c3, 0, 4, 1, 5);
      const end01 = v128.shuffle<f32>(c0, c1, 2, 6, 3, 7);
      const end23 = v128.shuffle<f32>(c2, c3, 2, 6, 3, 7);
      v128.store(t, v128.shuffle<f32>(top01, top23, 0, 1, 4, 5));
      v128.store(t + toRow, v128.shuffle<f32>(top01, top23, 2, 3, 6, 7));
      v128.store(t + 2 * toRow, v128.shuffle<f32>(end01, end23, 0, 1, 4, 5));
      v128.store(t + 3 * toRow, v128.shuffle<f32>(end01, end23, 2, 3, 6, 7));
    }
    copyEntries(t, toRow, f, 4, fromColumn, rows - row, 4);
  }
  copyEntries(to + column * 4, toRow, from + column * fromColumn, 4, fromColumn, rows, columns - column);
}

function copyEntries(
  to: usize, toRow: i32, from: usize, fromRow: i32, fromColumn: i32, rows: i32, columns: i32,
): void {
  for (let row = 0; row < rows; row++, to += toRow, from += fromRow) {
    let f = from;
    for (let t = to, end = to + columns * 4; t < end; t += 4, f += fromColumn) f32.store(t, f32.load(f));
  }
}
