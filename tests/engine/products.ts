/** Operands of matrix products, and what to expect of a product. */
import type { Kernels } from '../../engine/kernels.js';
import { referenceKernels } from '../../engine/reference/index.js';
import type { Tensor } from '../../engine/tensor.js';
import { wasmKernels } from '../../engine/wasm/index.js';

type Matrix = Tensor<Float32Array>;

const { abs, imul } = Math;
/** Half the distance from 1 to the next float32: the relative error of one rounding. */
const ROUNDOFF = 2 ** -24;
export const SEED = 20240229;

/** The reference, and the builds that run here. */
export const implementations = [
  referenceKernels(Float32Array),
  await wasmKernels(1, ['simd']),
  await wasmKernels(1, ['relaxed']),
  await wasmKernels(1, ['wide']),
].filter((kernels) => kernels !== null);

/** Surrounds `out` and must stay unchanged. */
export const SENTINEL = 12345;

/** Random numbers in a window with one row above and below, and `left` and `right` columns at its sides. */
export function window(
  kernels: Kernels<Float32Array>,
  [rows, width]: number[],
  left: number,
  right: number,
  around: number,
  random: () => number,
) {
  const whole = kernels.zeros(rows! + 2, left + width! + right);
  kernels.fill(whole, around);
  const view = whole.lo(1, left).hi(rows!, width!);
  for (let m = 0; m < rows!; m++) for (let n = 0; n < width!; n++) view.set(m, n, random());
  return { whole, view };
}

/**
 * out = start + a b. The error of a sum of K products and a start, in any order, is at most (K + 1)
 * roundings, each relative to Σ |a b| + |start| (Higham, Accuracy and Stability of Numerical Algorithms,
 * section 3.1).
 */
export function expectClose(out: Matrix, a: Matrix, b: Matrix, start: number[]) {
  const [M, N] = out.shape as [number, number];
  const K = a.shape[1]!;
  for (let m = 0; m < M; m++) {
    for (let n = 0; n < N; n++) {
      let exact = start[m * N + n]!;
      let size = abs(exact);
      for (let k = 0; k < K; k++) {
        const product = a.get(m, k) * b.get(k, n);
        exact += product;
        size += abs(product);
      }
      const error = abs(out.get(m, n) - exact);
      if (!(error <= 1.01 * (K + 1) * ROUNDOFF * size)) {
        throw new Error(`out[${m}, ${n}] is ${out.get(m, n)}, not ${exact} (M ${M}, K ${K}, N ${N})`);
      }
    }
  }
}

export function expectUntouched(whole: Matrix, [M, N]: number[], left: number) {
  for (let m = 0; m < whole.shape[0]!; m++) {
    for (let n = 0; n < whole.shape[1]!; n++) {
      const inside = m >= 1 && m <= M! && n >= left && n < left + N!;
      if (!inside && whole.get(m, n) !== SENTINEL) throw new Error(`wrote outside out, at ${m}, ${n}`);
    }
  }
}

/** The entries row by row. Jest's toEqual distinguishes 0 and -0, so equal entries have equal bits. */
export function entries(t: Matrix): number[] {
  const list = [];
  for (let m = 0; m < t.shape[0]!; m++) for (let n = 0; n < t.shape[1]!; n++) list.push(t.get(m, n));
  return list;
}

/** Numbers in -1 .. 1 from a linear congruential generator. */
export function randomNumbers(seed: number) {
  let state = seed | 0;
  return () => {
    state = (imul(state, 1664525) + 1013904223) | 0;
    return state / 2 ** 31;
  };
}
