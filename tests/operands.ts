/**
 * Random operands for a kernel, of one shape. Sets from the same seed have the same numbers on all kernels.
 * Each tensor is surrounded by sentinels, at an address without vector alignment.
 */
import ndarray from 'ndarray';
import { rows, transpose, type Indices, type Kernels, type Tensor } from '../engine/index.js';
import { toRows } from './tensors.js';

const { floor, fround, imul, max } = Math;

const SENTINEL = 12345;

export interface OperandShape {
  readonly M: number;
  readonly N: number;
  /** The number of surrounding columns, or entries of a vector, on each side. */
  readonly left: number;
  readonly right: number;
  readonly seed: number;
}

type Change = (x: number) => number;

export class Operands {
  readonly #tensors: { readonly whole: Tensor; readonly view: Tensor }[] = [];
  #state: number;

  constructor(
    readonly k: Kernels,
    readonly shape: OperandShape,
  ) {
    this.#state = shape.seed;
  }

  /** A window of a wider matrix, M x N by default. */
  matrix({ M, N } = this.shape as { M: number; N: number }): Tensor {
    const { left, right } = this.shape;
    return this.#place(this.k.zeros(M + 2, left + N + right), (whole) => whole.lo(1, left).hi(M, N));
  }

  /** The transpose of such a window. */
  turned(): Tensor {
    return transpose(this.matrix({ M: this.shape.N, N: this.shape.M }));
  }

  /** M x N without gaps, between the rows of a taller matrix. */
  dense(change?: Change): Tensor {
    const { M, N } = this.shape;
    return this.#place(this.k.zeros(M + 2, N), (whole) => rows(whole, 1, M + 1), change);
  }

  vector(length: number, change?: Change): Tensor {
    const { left, right } = this.shape;
    return this.#place(this.k.zeros(left + length + right), (whole) => whole.lo(left).hi(length), change);
  }

  /** Weights, 0 for a third of the rows. */
  weights(): Tensor {
    return this.vector(this.shape.M, (x) => max(0, floor(1.5 * x + 1)));
  }

  /** One integer below `count` per row, with a stride of 2. */
  ids(count: number): Indices {
    const ids = this.k.indices(2 * this.shape.M).step(2);
    for (let m = 0; m < this.shape.M; m++) ids.set(m, floor((this.#random() / 2 + 0.5) * count));
    return ids;
  }

  /** All numbers of all tensors. */
  numbers(): number[] {
    return this.#tensors.flatMap(({ view }) => toRows(asMatrix(view)).flat());
  }

  /** Whether the memory around all tensors is unchanged. */
  surroundingsUntouched(): boolean {
    return this.#tensors.every(({ whole, view }) => {
      const sentinels = Array.from(whole.data).filter((x) => x === SENTINEL);
      return sentinels.length === whole.size - view.size;
    });
  }

  #place(whole: Tensor, cut: (whole: Tensor) => Tensor, change: Change = (x) => x): Tensor {
    whole.data.fill(SENTINEL);
    const view = cut(whole);
    const matrix = asMatrix(view);
    for (let m = 0; m < matrix.shape[0]!; m++) {
      for (let n = 0; n < matrix.shape[1]!; n++) matrix.set(m, n, change(this.#random()));
    }
    this.#tensors.push({ whole, view });
    return view;
  }

  /** A float32 number in -1 .. 1 from a linear congruential generator. */
  #random(): number {
    this.#state = (imul(this.#state, 1664525) + 1013904223) | 0;
    return fround(this.#state / 2 ** 31.0001);
  }
}

/** A vector as a matrix of one row. */
function asMatrix(t: Tensor): Tensor {
  return t.shape.length === 2 ? t : ndarray(t.data, [1, t.size], [t.size, 1], t.offset);
}
