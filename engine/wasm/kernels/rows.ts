/** Row-by-row kernels on WebAssembly. Matrices may have any row stride but dense rows. */
import type { Arena } from '../platform/arena.js';
import type { Kernels } from '../../kernels.js';
import { requireFlag } from '../../checks.js';
import { requireIndex, requireLookup, requireMasked, requireRowOf } from '../../shapes.js';

/** assembly/rows.ts: pointers in bytes, strides in entries. Lookups return the first m that fails, or -1. */
export interface RowsExports {
  setRows(out: number, outStride: number, row: number, M: number, N: number): void;
  sumRows(out: number, x: number, xStride: number, M: number, N: number): void;
  gather(
    out: number,
    outStride: number,
    table: number,
    tableStride: number,
    ids: number,
    idsStride: number,
    M: number,
    V: number,
    N: number,
    accumulate: boolean,
  ): number;
  scatterAdd(
    table: number,
    tableStride: number,
    ids: number,
    idsStride: number,
    x: number,
    xStride: number,
    M: number,
    V: number,
    N: number,
  ): number;
  copyMasked(
    out: number,
    outStride: number,
    x: number,
    xStride: number,
    mask: number,
    maskStride: number,
    M: number,
    N: number,
  ): void;
}

/** Row-by-row kernels over tensors of this arena. */
export function rowsOn(arena: Arena, wasm: RowsExports): Pick<Kernels<Float32Array>, keyof RowsExports> {
  return {
    setRows(out, row) {
      requireRowOf('setRows', out, row);
      const o = arena.address('setRows', out);
      const r = arena.address('setRows', row);
      wasm.setRows(o, out.stride[0]!, r, out.shape[0]!, out.shape[1]!);
    },

    sumRows(out, x) {
      requireRowOf('sumRows', x, out);
      const o = arena.address('sumRows', out);
      const i = arena.address('sumRows', x);
      wasm.sumRows(o, i, x.stride[0]!, x.shape[0]!, x.shape[1]!);
    },

    gather(out, table, ids, accumulate = false) {
      requireLookup('gather', table, ids, out);
      requireFlag('gather: accumulate', accumulate);
      const o = arena.address('gather', out);
      const t = arena.address('gather', table);
      const i = arena.address('gather', ids);
      const M = out.shape[0]!;
      const N = out.shape[1]!;
      const V = table.shape[0]!;
      const next = ids.stride[0]!;
      const failed = wasm.gather(o, out.stride[0]!, t, table.stride[0]!, i, next, M, V, N, accumulate);
      if (failed >= 0) requireIndex('gather', ids.data[ids.offset + failed * next]!, V);
    },

    scatterAdd(table, ids, x) {
      requireLookup('scatterAdd', table, ids, x);
      const t = arena.address('scatterAdd', table);
      const i = arena.address('scatterAdd', ids);
      const r = arena.address('scatterAdd', x);
      const M = x.shape[0]!;
      const N = x.shape[1]!;
      const V = table.shape[0]!;
      const next = ids.stride[0]!;
      const failed = wasm.scatterAdd(t, table.stride[0]!, i, next, r, x.stride[0]!, M, V, N);
      if (failed >= 0) requireIndex('scatterAdd', ids.data[ids.offset + failed * next]!, V);
    },

    copyMasked(out, x, mask) {
      requireMasked(out, x, mask);
      const o = arena.address('copyMasked', out);
      const i = arena.address('copyMasked', x);
      const m = arena.address('copyMasked', mask);
      const M = out.shape[0]!;
      wasm.copyMasked(o, out.stride[0]!, i, x.stride[0]!, m, mask.stride[0]!, M, out.shape[1]!);
    },
  };
}
