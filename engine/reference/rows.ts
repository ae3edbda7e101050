/** Row by row: biases, lookups by row number, masks. Matrices may have any row stride but dense rows. */
import type { FloatArray, Indices, Tensor } from '../tensor.js';
import { requireFlag } from '../checks.js';
import { requireIndex, requireLookup, requireMasked, requireRowOf } from '../shapes.js';

/** Every row of out [M,N] = row [N]. */
export function setRows<A extends FloatArray>(out: Tensor<A>, row: Tensor<A>): void {
  requireRowOf('setRows', out, row);
  const N = row.shape[0]!;
  for (let m = 0; m < out.shape[0]!; m++) copyRow(out.data, startOf(out, m), row.data, row.offset, N);
}

/** out [N] += the sum of the rows of x [M,N]. */
export function sumRows<A extends FloatArray>(out: Tensor<A>, x: Tensor<A>): void {
  requireRowOf('sumRows', x, out);
  const N = out.shape[0]!;
  for (let m = 0; m < x.shape[0]!; m++) addRow(out.data, out.offset, x.data, startOf(x, m), N);
}

/** Row m of out [M,N] = row ids[m] of table [V,N], or += with `accumulate`. */
export function gather<A extends FloatArray>(
  out: Tensor<A>,
  table: Tensor<A>,
  ids: Indices,
  accumulate = false,
): void {
  requireLookup('gather', table, ids, out);
  requireFlag('gather: accumulate', accumulate);
  const N = out.shape[1]!;
  const put = accumulate ? addRow<A> : copyRow<A>;
  for (let m = 0; m < out.shape[0]!; m++) {
    const id = ids.data[ids.offset + m * ids.stride[0]!]!;
    requireIndex('gather', id, table.shape[0]!);
    put(out.data, startOf(out, m), table.data, startOf(table, id), N);
  }
}

/** Row ids[m] of table [V,N] += row m of x [M,N]. A repeated id adds each time. */
export function scatterAdd<A extends FloatArray>(table: Tensor<A>, ids: Indices, x: Tensor<A>): void {
  requireLookup('scatterAdd', table, ids, x);
  const N = x.shape[1]!;
  for (let m = 0; m < x.shape[0]!; m++) {
    const id = ids.data[ids.offset + m * ids.stride[0]!]!;
    requireIndex('scatterAdd', id, table.shape[0]!);
    addRow(table.data, startOf(table, id), x.data, startOf(x, m), N);
  }
}

/** Row m of out [M,N] = row m of x where mask[m] is 0; the other rows stay. */
export function copyMasked<A extends FloatArray>(out: Tensor<A>, x: Tensor<A>, mask: Tensor<A>): void {
  requireMasked(out, x, mask);
  const N = out.shape[1]!;
  for (let m = 0; m < out.shape[0]!; m++) {
    if (mask.data[mask.offset + m * mask.stride[0]!] === 0) {
      copyRow(out.data, startOf(out, m), x.data, startOf(x, m), N);
    }
  }
}

/** Where row m of a matrix begins in its data. */
const startOf = (t: Tensor, m: number) => t.offset + m * t.stride[0]!;

/** N entries: out = x */
function copyRow<A extends FloatArray>(out: A, o: number, x: A, i: number, N: number): void {
  for (let n = 0; n < N; n++) out[o + n] = x[i + n]!;
}

/** N entries: out += x */
function addRow<A extends FloatArray>(out: A, o: number, x: A, i: number, N: number): void {
  for (let n = 0; n < N; n++) out[o + n]! += x[i + n]!;
}
