/** Row by row: biases, look-ups by row number, masks. Matrices may have any strides. */
import type { FloatArray, Indices, Tensor } from '../tensor.js';
import { requireIndex, requireSameLength, requireSameShape } from '../shapes.js';

/** Every row of out [M,N] = row [N]. */
export function setRows<A extends FloatArray>(out: Tensor<A>, row: Tensor<A>): void {
  requireSameLength('setRows', out, 1, row, 0);
  for (let m = 0; m < out.shape[0]!; m++) assignRow(out, m, row, 0, false);
}

/** out [N] += the sum of the rows of x [M,N]. */
export function sumRows<A extends FloatArray>(out: Tensor<A>, x: Tensor<A>): void {
  requireSameLength('sumRows', out, 0, x, 1);
  for (let m = 0; m < x.shape[0]!; m++) assignRow(out, 0, x, m, true);
}

/** Row m of out [M,N] = row ids[m] of table [V,N], or += with `accumulate`. */
export function gather<A extends FloatArray>(
  out: Tensor<A>,
  table: Tensor<A>,
  ids: Indices,
  accumulate = false,
): void {
  requireSameLength('gather', out, 0, ids, 0);
  requireSameLength('gather', out, 1, table, 1);
  for (let m = 0; m < out.shape[0]!; m++) {
    const id = ids.data[ids.offset + m * ids.stride[0]!]!;
    requireIndex('gather', id, table.shape[0]!);
    assignRow(out, m, table, id, accumulate);
  }
}

/** Row ids[m] of table [V,N] += row m of x [M,N]. Rows named twice are added twice. */
export function scatterAdd<A extends FloatArray>(table: Tensor<A>, ids: Indices, x: Tensor<A>): void {
  requireSameLength('scatterAdd', x, 0, ids, 0);
  requireSameLength('scatterAdd', x, 1, table, 1);
  for (let m = 0; m < x.shape[0]!; m++) {
    const id = ids.data[ids.offset + m * ids.stride[0]!]!;
    requireIndex('scatterAdd', id, table.shape[0]!);
    assignRow(table, id, x, m, true);
  }
}

/** Row m of out [M,N] = row m of x where mask[m] is 0; the other rows stay. */
export function copyMasked<A extends FloatArray>(out: Tensor<A>, x: Tensor<A>, mask: Tensor<A>): void {
  requireSameShape('copyMasked', out, x);
  requireSameLength('copyMasked', out, 0, mask, 0);
  for (let m = 0; m < out.shape[0]!; m++) {
    if (mask.data[mask.offset + m * mask.stride[0]!] === 0) assignRow(out, m, x, m, false);
  }
}

/** Row `to` of out = row `from` of x, or += with `accumulate`. A vector counts as a single row. */
function assignRow<A extends FloatArray>(
  out: Tensor<A>,
  to: number,
  x: Tensor<A>,
  from: number,
  accumulate: boolean,
): void {
  const last = out.shape.length - 1;
  const N = out.shape[last]!;
  const outStep = out.stride[last]!;
  const xStep = x.stride[x.shape.length - 1]!;
  let o = out.offset + (last === 0 ? 0 : to * out.stride[0]!);
  let i = x.offset + (x.shape.length === 1 ? 0 : from * x.stride[0]!);
  for (let n = 0; n < N; n++, o += outStep, i += xStep) {
    out.data[o] = accumulate ? out.data[o]! + x.data[i]! : x.data[i]!;
  }
}
