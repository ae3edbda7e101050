/** Normalizing rows on WebAssembly. Matrices may have any row stride but dense rows. */
import type { Kernels } from '../../kernels.js';
import { requireRowNumbers } from '../../reference/normalize.js';
import { requireConstant, requireDenseRows, requireSameShape } from '../../shapes.js';
import type { Arena } from '../platform/arena.js';

/** assembly/normalize.ts: pointers in bytes, strides in entries. */
export interface NormalizeExports {
  normalize(
    out: number,
    outStride: number,
    x: number,
    xStride: number,
    r: number,
    M: number,
    N: number,
    epsilon: number,
  ): void;
  normalizeBackward(
    dx: number,
    dxStride: number,
    dy: number,
    dyStride: number,
    y: number,
    yStride: number,
    r: number,
    M: number,
    N: number,
  ): void;
}

/** The kernels over tensors of this arena. */
export function normalizeOn(
  arena: Arena,
  wasm: NormalizeExports,
): Pick<Kernels<Float32Array>, keyof NormalizeExports> {
  return {
    normalize(out, r, x, epsilon) {
      requireConstant('normalize', 'epsilon', epsilon);
      requireSameShape('normalize', out, x);
      requireDenseRows('normalize', out, x);
      requireRowNumbers('normalize', r, x);
      const o = arena.address('normalize', out);
      const i = arena.address('normalize', x);
      const f = arena.address('normalize', r);
      wasm.normalize(o, out.stride[0]!, i, x.stride[0]!, f, x.shape[0]!, x.shape[1]!, epsilon);
    },
    normalizeBackward(dx, dy, y, r) {
      requireSameShape('normalizeBackward', dx, dy);
      requireSameShape('normalizeBackward', dx, y);
      requireDenseRows('normalizeBackward', dx, dy);
      requireDenseRows('normalizeBackward', dx, y);
      requireRowNumbers('normalizeBackward', r, y);
      const o = arena.address('normalizeBackward', dx);
      const d = arena.address('normalizeBackward', dy);
      const i = arena.address('normalizeBackward', y);
      const f = arena.address('normalizeBackward', r);
      const [M, N] = y.shape as [number, number];
      wasm.normalizeBackward(o, dx.stride[0]!, d, dy.stride[0]!, i, y.stride[0]!, f, M, N);
    },
  };
}
