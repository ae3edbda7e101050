/** Copies between views of numbers: whole pieces where both are dense, in tiles where one is transposed. */
import type { FloatArray, Tensor } from '../../engine/index.js';

/** Where the numbers of a parameter come from. They are copied only to where they are wanted. */
export interface Source {
  readonly shape: readonly number[];
  /** @param target dense */
  readonly copyTo: (target: Tensor) => void;
}

/** The numbers of a tensor or view. */
export const sourceOf = (x: Tensor): Source => ({
  shape: x.shape,
  copyTo: (target) => copy(target, x),
});

/** Rows and columns of a tile: the numbers of one cache line are next to each other in `x`, or in the target. */
const [ROWS, COLUMNS] = [8, 64];
/** What is shorter is copied faster number by number. */
const LEAST_PIECE = 16;

/** target = factor · x. Both have the same shape, and may be views; zeros keep their signs. */
export function copy(target: Tensor, x: Tensor, factor: 1 | -1 = 1): void {
  copyPart(target, target.offset, x, x.offset, 0, factor);
}

/** The dimensions from `d` on, beginning at `to` and `from`. */
function copyPart(target: Tensor, to: number, x: Tensor, from: number, d: number, factor: number): void {
  const { shape } = x;
  if (shape.length - d > 2) {
    for (let n = 0; n < shape[d]!; n++)
      copyPart(target, to + n * target.stride[d]!, x, from + n * x.stride[d]!, d + 1, factor);
    return;
  }
  // A vector is a matrix of one row, a number one of one column.
  const isMatrix = shape.length - d === 2;
  const last = isMatrix ? d + 1 : d;
  copyMatrix(isMatrix ? shape[d]! : 1, shape[last] ?? 1, factor, strided(target, to), strided(x, from));
  function strided({ data, stride }: Tensor, offset: number): Strided {
    return { data, offset, row: isMatrix ? stride[d]! : 0, column: stride[last] ?? 0 };
  }
}

interface Strided {
  readonly data: FloatArray;
  readonly offset: number;
  /** How far apart its rows are. */
  readonly row: number;
  readonly column: number;
}

function copyMatrix(M: number, N: number, factor: number, target: Strided, x: Strided): void {
  const isInRows = factor === 1 && target.column === 1 && x.column === 1;
  const isDense = isInRows && ((target.row === N && x.row === N) || M === 1);
  if (isDense) target.data.set(x.data.subarray(x.offset, x.offset + M * N), target.offset);
  else if (isInRows && N >= LEAST_PIECE) {
    for (let m = 0; m < M; m++) {
      const from = x.offset + m * x.row;
      target.data.set(x.data.subarray(from, from + N), target.offset + m * target.row);
    }
  } else {
    for (let n = 0; n < N; n += COLUMNS) {
      for (let m = 0; m < M; m += ROWS)
        copyTile(m, Math.min(m + ROWS, M), n, Math.min(n + COLUMNS, N), factor, target, x);
    }
  }
}

function copyTile(
  m0: number,
  m1: number,
  n0: number,
  n1: number,
  factor: number,
  { data: y, offset: to, row: yRow, column: yColumn }: Strided,
  { data: x, offset: from, row: xRow, column: xColumn }: Strided,
): void {
  for (let m = m0; m < m1; m++) {
    let [i, j] = [to + m * yRow + n0 * yColumn, from + m * xRow + n0 * xColumn];
    for (let n = n0; n < n1; n++, i += yColumn, j += xColumn) y[i] = factor * x[j]!;
  }
}
