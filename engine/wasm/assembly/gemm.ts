/**
 * The matrix product out [M,N] = a [M,K] · b [K,N], or += with `accumulate`, in blocks that fit the caches.
 *
 * Tiles need adjacent columns of b. So b is copied into panels of 16 columns, zero-padded after its last column, and a, if
 * it is stored transposed, into rows, where it pays. The copies are in scratch memory of fixed size.
 *
 * k is split at multiples of BLOCK_K regardless of M and N, and the sums of the blocks are added to out in
 * rising order. So the bits of an entry depend only on its row of a and its column of b: splitting the rows
 * among threads changes nothing. Adding block sums also rounds less than one long sum.
 *
 * Source: Goto and van de Geijn, Anatomy of High-Performance Matrix Multiplication (2008).
 */
import { copyMatrix } from './copyMatrix';
import { multiplyPanel } from './panel';
import { ROW_PANELS, TILE_COLUMNS, TILE_ROW_BYTES, storeVectors, tileOfPanels } from './tile';
import { WIDE } from './wide';

// A panel of b [BLOCK_K, 16] takes 16 KB, half of a small L1 cache; a block of a, 128 KB, fits L2.
const BLOCK_K = 256;
const BLOCK_N = 1024;
const BLOCK_M = 128;

/**
 * Up to so many rows, a panel of b is read too few times for copying it to pay; and up to so many columns, a transposed a.
 * Tiles of six rows read b a third as often as tiles of two, and more numbers of a line of a.
 */
const FEW_ROWS = WIDE ? 72 : 8;
const FEW_COLUMNS = WIDE ? 512 : 0;

/** The gap between rows of the copy of a: power-of-two strides would crowd into a few cache sets. */
const LINE = 64;

const A_BYTES = BLOCK_M * (BLOCK_K * 4 + LINE);
const B_BYTES = BLOCK_K * BLOCK_N * 4;

/** The bytes that the copies need. */
export const SCRATCH_BYTES = A_BYTES + B_BYTES + TILE_ROW_BYTES;

let scratch: usize = 0;

/** Sets the address of the copies, a multiple of 64 that no other thread uses. Must be called first, once. */
export function useScratch(address: usize): void {
  scratch = address;
}

/** Pointers in bytes, strides in entries; out has unit column stride. */
export function gemm(
  out: usize, outStride: i32,
  a: usize, aRowStride: i32, aColumnStride: i32,
  b: usize, bRowStride: i32, bColumnStride: i32,
  M: i32, N: i32, K: i32, accumulate: bool,
): void {
  multiply(false, out, outStride, a, aRowStride, aColumnStride, b, bRowStride, bColumnStride, M, N, K, accumulate);
}

/** The same with a copy of b made by `pack`, so that a weight matrix is copied once for many products. */
export function gemmPacked(
  out: usize, outStride: i32, a: usize, aRowStride: i32, aColumnStride: i32, packed: usize,
  M: i32, N: i32, K: i32, accumulate: bool,
): void {
  multiply(true, out, outStride, a, aRowStride, aColumnStride, packed, 0, 0, M, N, K, accumulate);
}

/** Copies b [K,N] to `packed`, which holds K rows of N columns, rounded up to a multiple of 16. */
export function pack(packed: usize, b: usize, bRowStride: i32, bColumnStride: i32, N: i32, K: i32): void {
  const bRow = bRowStride * 4;
  const bColumn = bColumnStride * 4;
  for (let n0 = 0; n0 < N; n0 += BLOCK_N) {
    const columns = min(N - n0, BLOCK_N);
    for (let k0 = 0; k0 < K; k0 += BLOCK_K) {
      const k = min(K - k0, BLOCK_K);
      packPanels(packed + placeOf(n0, columns, k0, K), b + k0 * bRow + n0 * bColumn, bRow, bColumn, k, columns);
    }
  }
}

/** The offset of block (n0, k0) in a packed b: the column blocks in order, with k0 rising in each. */
@inline
function placeOf(n0: i32, columns: i32, k0: i32, K: i32): i32 {
  const width = (columns + TILE_COLUMNS - 1) & -TILE_COLUMNS;
  return (n0 * K + width * k0) * 4;
}

// `packed` is a constant at both calls, so the compiler generates two functions.
@inline
function multiply(
  packed: bool,
  out: usize, outStride: i32,
  a: usize, aRowStride: i32, aColumnStride: i32,
  b: usize, bRowStride: i32, bColumnStride: i32,
  M: i32, N: i32, K: i32, accumulate: bool,
): void {
  const outRow = outStride * 4;
  const aRow = aRowStride * 4;
  const aColumn = aColumnStride * 4;
  const bRow = bRowStride * 4;
  const bColumn = bColumnStride * 4;
  const ownPanels = scratch + A_BYTES;
  const spare = ownPanels + B_BYTES;

  if (K == 0 && !accumulate) {
    for (let m = 0; m < M; m++) memory.fill(out + m * outRow, 0, N * 4);
  }
  for (let n0 = 0; n0 < N; n0 += BLOCK_N) {
    const columns = min(N - n0, BLOCK_N);
    const aInPlace = aColumn == 4 || (aRow == 4 && columns <= FEW_COLUMNS);
    // Tiles go down the rows of b, and read 16 columns even where there are fewer: the arena has room after its end.
    const bInPlace = !packed && M <= FEW_ROWS && bColumn == 4 && bRow > 0;

    for (let k0 = 0; k0 < K; k0 += BLOCK_K) {
      const k = min(K - k0, BLOCK_K);
      const bBlock = b + k0 * bRow + n0 * bColumn;
      let panels = ownPanels;
      if (packed) panels = b + placeOf(n0, columns, k0, K);
      else if (!bInPlace) packPanels(panels, bBlock, bRow, bColumn, k, columns);
      if (bInPlace) panels = bBlock;
      const panelRow = bInPlace ? bRow : TILE_ROW_BYTES;
      const panel = bInPlace ? TILE_ROW_BYTES : k * TILE_ROW_BYTES;

      for (let m0 = 0; m0 < M; m0 += BLOCK_M) {
        const rows = min(M - m0, BLOCK_M);
        let aBlock = a + m0 * aRow + k0 * aColumn;
        let aBlockRow = aRow;
        let aStep = aColumn;
        if (!aInPlace) {
          aStep = 4;
          aBlockRow = k * 4 + LINE;
          copyMatrix(scratch, aBlockRow, aBlock, aRow, aColumn, rows, k);
          aBlock = scratch;
        }
        multiplyPanels(
          out + m0 * outRow + n0 * 4, outRow, aBlock, aBlockRow, aStep, panels, panelRow, panel,
          rows, columns, k, accumulate || k0 > 0, spare,
        );
      }
    }
  }
}

/** Copies columns 16j .. 16j+15 of b [K,N] to panel j [K,16]. */
function packPanels(to: usize, b: usize, bRow: i32, bColumn: i32, K: i32, N: i32): void {
  let n = 0;
  if (bColumn == 4) {
    // Longer stretches of a row at once: the processor fetches ahead.
    for (; n <= N - 4 * TILE_COLUMNS; n += 4 * TILE_COLUMNS, to += 4 * K * TILE_ROW_BYTES) {
      copyFourPanels(to, K * TILE_ROW_BYTES, b + n * 4, bRow, K);
    }
  }
  for (; n < N; n += TILE_COLUMNS) {
    const columns = min(N - n, TILE_COLUMNS);
    // The rest of a narrow panel does not affect the result. It is zeroed because stale bits may be
    // denormals, which some processors multiply very slowly.
    if (columns < TILE_COLUMNS) memory.fill(to, 0, K * TILE_ROW_BYTES);
    copyMatrix(to, TILE_ROW_BYTES, b + n * bColumn, bRow, bColumn, K, columns);
    to += K * TILE_ROW_BYTES;
  }
}

@inline
function copyFourPanels(to: usize, panel: i32, b: usize, bRow: i32, K: i32): void {
  for (const end = to + K * TILE_ROW_BYTES; to < end; to += TILE_ROW_BYTES, b += bRow) {
    copyPanelRow(to, b);
    copyPanelRow(to + panel, b + TILE_ROW_BYTES);
    copyPanelRow(to + 2 * panel, b + 2 * TILE_ROW_BYTES);
    copyPanelRow(to + 3 * panel, b + 3 * TILE_ROW_BYTES);
  }
}

@inline
function copyPanelRow(to: usize, from: usize): void {
  storeVectors(to, v128.load(from), v128.load(from, 16), v128.load(from, 32), v128.load(from, 48));
}

/** A block of a times adjacent panels of b, which are `panel` bytes apart. */
@inline
function multiplyPanels(
  out: usize, outRow: i32, a: usize, aRow: i32, aStep: i32, b: usize, bRow: i32, panel: i32,
  M: i32, columns: i32, K: i32, accumulate: bool, spare: usize,
): void {
  const step = M == 1 ? ROW_PANELS : 1;
  for (; columns > 0; columns -= step * TILE_COLUMNS, b += step * panel, out += step * TILE_ROW_BYTES) {
    if (M == 1) tileOfPanels(out, a, aStep, b, bRow, panel, K, columns, accumulate, spare);
    else multiplyPanel(out, outRow, a, aRow, aStep, b, bRow, M, columns, K, accumulate, spare);
  }
}
