/**
 * Readings at equal distances, from readings at times that may be missing, repeated, or in any order.
 *
 * Each reading goes into the cell of its time. Cells with several have their mean: those of a finer table, or of the
 * hour that a clock shows twice when it is set back. Cells with none are gaps.
 */

export interface Grid {
  /** @param time in milliseconds; the value may be NaN, a reading that is missing */
  add(time: number, value: number): void;
  /** The cells from the first reading to the last; null: there are more than `most` of them, or none. */
  cells(most: number): Cells | null;
}

export interface Cells {
  /** The time of the first cell. */
  readonly start: number;
  /** Means; NaN in gaps. */
  readonly means: Float64Array;
  /** Readings that share a cell with another. */
  readonly shared: number;
}

/** Cells are kept in pieces, since a time may be before the first one. */
const PIECE = 4096;

interface Piece {
  readonly sums: Float64Array;
  readonly counts: Float64Array;
}

/**
 * @param origin the time of a cell
 * @param step   the distance of cells, in milliseconds
 * @param isMean whether a cell has all times from its own to the next, rather than those nearest to its own
 */
export function createGrid(origin: number, step: number, isMean: boolean): Grid {
  const pieces = new Map<number, Piece>();
  let [first, last] = [Infinity, -Infinity];
  let number = NaN;
  let piece: Piece | undefined;

  /** The piece of a cell, made if need be. */
  function pieceOf(cell: number): Piece {
    const wanted = Math.floor(cell / PIECE);
    if (wanted !== number || !piece) {
      piece = pieces.get(wanted) ?? { sums: new Float64Array(PIECE), counts: new Float64Array(PIECE) };
      pieces.set(wanted, piece);
      number = wanted;
    }
    return piece;
  }

  return {
    add(time, value) {
      if (Number.isNaN(value)) return;
      const distance = (time - origin) / step;
      const cell = isMean ? Math.floor(distance) : Math.round(distance);
      const { sums, counts } = pieceOf(cell);
      const at = cell - number * PIECE;
      sums[at]! += value;
      counts[at]! += 1;
      if (cell < first) first = cell;
      if (cell > last) last = cell;
    },
    cells(most) {
      const count = last - first + 1;
      if (!(count >= 1 && count <= most)) return null;
      let shared = 0;
      const means = new Float64Array(count).map((_, n) => {
        const { sums, counts } = pieceOf(first + n);
        const at = first + n - number * PIECE;
        shared += Math.max(0, counts[at]! - 1);
        return sums[at]! / counts[at]!; // 0 / 0 in a gap
      });
      return { start: origin + first * step, means, shared };
    },
  };
}
