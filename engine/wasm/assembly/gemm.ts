/**
 * The matrix product out [M,N] = a [M,K] · b [K,N], or += with `accumulate`, in blocks that fit the caches.
 *
 * Tiles want their columns side by side. So b is copied in panels of 16 columns, with zeros beyond its last
 * column, and a is copied only if it is stored transposed. Copies live in scratch memory of fixed size.
 *
 * k is cut at multiples of BLOCK_K whatever M and N are, and each block's sum is added to out in rising order.
 * The bits of an entry thus depend on its row of a, its column of b, and nothing else: cutting the rows over
 * threads changes nothing. Short sums added to a long one also round less than a single long one.
 *
 * Source: Goto and van de Geijn, Anatomy of High-Performance Matrix Multiplication (2008).
 */
import { copyMatrix } from './copyMatrix';
import { TILE_COLUMNS, TILE_ROW_BYTES, tileOfOne, tileOfTwo } from './tile';

// A panel of b [BLOCK_K, 16] takes 16 KB, half of a small L1 cache; a block of a and one of b share L2.
const BLOCK_K = 256;
const BLOCK_N = 256;
const BLOCK_M = 128;

/** For so few rows a panel is read so few times that copying it does not pay. */
const FEW_ROWS = 8;

/** Between the rows of the copy of a: at a distance of a power of two they would crowd a few sets of the cache. */
const LINE = 64;

const A_BYTES = BLOCK_M * (BLOCK_K * 4 + LINE);
const B_BYTES = BLOCK_K * BLOCK_N * 4;

/** How many bytes the copies need. */
export const SCRATCH_BYTES = A_BYTES + B_BYTES + TILE_ROW_BYTES;

let scratch: usize = 0;

/** Where copies go: an address, a multiple of 64, that no other thread is given. To be called once, first of all. */
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

/** The same with a copy of b that `pack` has made: a weight matrix is then copied once for many products. */
export function gemmPacked(
  out: usize, outStride: i32, a: usize, aRowStride: i32, aColumnStride: i32, packed: usize,
  M: i32, N: i32, K: i32, accumulate: bool,
): void {
  multiply(true, out, outStride, a, aRowStride, aColumnStride, packed, 0, 0, M, N, K, accumulate);
}

/** Copies b [K,N] to `packed`, which has room for K rows of N rounded up to a multiple of 16. */
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

/** Where in a packed b the panels of block (n0, k0) begin: the blocks of columns one after another, k0 rising in each. */
@inline
function placeOf(n0: i32, columns: i32, k0: i32, K: i32): i32 {
  const width = (columns + TILE_COLUMNS - 1) & -TILE_COLUMNS;
  return (n0 * K + width * k0) * 4;
}

// `packed` is a constant at both calls: the compiler makes two functions of this text.
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
    // The narrow panel, if there is one, is always copied: tiles read 16 columns.
    const inPlace = !packed && M <= FEW_ROWS && bColumn == 4 ? columns - (columns % TILE_COLUMNS) : 0;

    for (let k0 = 0; k0 < K; k0 += BLOCK_K) {
      const k = min(K - k0, BLOCK_K);
      const bBlock = b + k0 * bRow + n0 * bColumn;
      let panels = ownPanels;
      if (packed) panels = b + placeOf(n0, columns, k0, K);
      else packPanels(panels, bBlock + inPlace * bColumn, bRow, bColumn, k, columns - inPlace);

      for (let m0 = 0; m0 < M; m0 += BLOCK_M) {
        const rows = min(M - m0, BLOCK_M);
        let aBlock = a + m0 * aRow + k0 * aColumn;
        let aBlockRow = aRow;
        if (aColumn != 4) {
          aBlockRow = k * 4 + LINE;
          copyMatrix(scratch, aBlockRow, aBlock, aRow, aColumn, rows, k);
          aBlock = scratch;
        }
        for (let n = 0; n < columns; n += TILE_COLUMNS) {
          const panel = n < inPlace ? bBlock + n * 4 : panels + (n - inPlace) * k * 4;
          const panelRow = n < inPlace ? bRow : TILE_ROW_BYTES;
          multiplyPanel(
            out + m0 * outRow + (n0 + n) * 4, outRow, aBlock, aBlockRow, panel, panelRow,
            rows, columns - n, k, accumulate || k0 > 0, spare,
          );
        }
      }
    }
  }
}

/** Columns 16j .. 16j+15 of b [K,N], side by side, make panel j [K,16]. */
function packPanels(to: usize, b: usize, bRow: i32, bColumn: i32, K: i32, N: i32): void {
  for (let n = 0; n < N; n += TILE_COLUMNS) {
    const columns = min(N - n, TILE_COLUMNS);
    // What the tiles compute from the rest of a narrow panel is dropped; it is zeros because stale bits may be
    // denormal numbers, which some processors multiply very slowly.
    if (columns < TILE_COLUMNS) memory.fill(to, 0, K * TILE_ROW_BYTES);
    copyMatrix(to, TILE_ROW_BYTES, b + n * bColumn, bRow, bColumn, K, columns);
    to += K * TILE_ROW_BYTES;
  }
}

/** Up to 16 columns of out, two rows at a time. */
function multiplyPanel(
  out: usize, outRow: i32, a: usize, aRow: i32, panel: usize, panelRow: i32,
  M: i32, columns: i32, K: i32, accumulate: bool, spare: usize,
): void {
  let m = 0;
  for (; m <= M - 2; m += 2) {
    tileOfTwo(out + m * outRow, outRow, a + m * aRow, aRow, panel, panelRow, K, columns, accumulate, spare);
  }
  if (m < M) tileOfOne(out + m * outRow, a + m * aRow, panel, panelRow, K, columns, accumulate, spare);
}
