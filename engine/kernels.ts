/**
 * The kernels: every numeric loop of the library, behind one small interface.
 *
 * It has two implementations. `referenceKernels` is the specification: plain loops for float32 and float64.
 * `wasmKernels` is fast, and float32 only. Nothing above engine/ knows which one runs.
 *
 * Conventions: the destination comes first. `out = ...` overwrites, `out += ...` adds; the comment on each
 * kernel says which. Matrices may have any row stride, vectors are dense. Kernels allocate nothing.
 * A shape mismatch throws a RangeError that names the kernel and both shapes.
 */
import type { FloatArray, Indices, Tensor } from './tensor.js';

/** A loop over the entries of dense tensors of one time step. */
export type Loop = (...tensors: Tensor[]) => void;

/** A pass of a node, or any other step of a plan. It may return a loss. */
export type Work = () => number | void;

/** Work that is repeated in this order: part of a graph's passes. */
export interface Phase {
  /**
   * How kernel calls may be partitioned among threads.
   * A number B: row m of a tensor belongs to example m mod B, and the examples are independent.
   * 'columns': column n of a call's output depends on no other column that the phase writes.
   */
  readonly partition: number | 'columns';
  /** Work declared `kernelsOnly` may be recorded and replayed; other work is called each time. */
  readonly work: readonly Work[];
}

/** Memory that is given back together, such as that of a graph. */
export interface Region {
  /** The tensors that `work` makes belong to this region. @returns what `work` returns */
  run<T>(work: () => T): T;
  /** Gives the memory back: later tensors will use it, so the region's own must not be used any more. */
  release(): void;
}

/** Every numeric loop of the library, and the memory of its tensors. */
export interface Kernels<A extends FloatArray = FloatArray> {
  /** Which kernels these are: 'reference-float64', 'wasm-simd', ... Reports and benchmarks print it. */
  readonly name: string;
  /** How many threads replay a plan. */
  readonly threads: number;
  /**
   * Ends the threads and gives the memory back. Afterwards kernels and plans throw, and kernels that are made
   * later will use the memory: copy what is still needed of the tensors before.
   */
  close(): Promise<void>;

  // ---- memory: tensors live in the kernels' arena ------------------------------------------------------

  /** A new tensor of zeros. */
  zeros(...shape: number[]): Tensor<A>;
  /** New whole numbers, all 0. */
  indices(...shape: number[]): Indices;
  /** A new region. Tensors made outside of any region are kept until the kernels are closed. @param kind such as 'graph' */
  region(kind: string): Region;

  // ---- element by element, over dense tensors of equal size --------------------------------------------

  /** out = value */
  fill(out: Tensor<A>, value: number): void;
  /** out = x */
  copy(out: Tensor<A>, x: Tensor<A>): void;
  /** out += x */
  add(out: Tensor<A>, x: Tensor<A>): void;
  /** out = x * y; out may be x or y. */
  multiply(out: Tensor<A>, x: Tensor<A>, y: Tensor<A>): void;
  /** out *= factor */
  scale(out: Tensor<A>, factor: number): void;
  /** out = min(max(out, -limit), limit) */
  clamp(out: Tensor<A>, limit: number): void;
  /** Σ x², added in float64. */
  sumOfSquares(x: Tensor<A>): number;

  // ---- matrices ----------------------------------------------------------------------------------------

  /** out [M,N] = a [M,K] · b [K,N], or += with `accumulate` (default false). Strides express transposes. */
  matmul(out: Tensor<A>, a: Tensor<A>, b: Tensor<A>, accumulate?: boolean): void;
  /** Every row of out [M,N] = row [N]. */
  setRows(out: Tensor<A>, row: Tensor<A>): void;
  /** out [N] += the sum of the rows of x [M,N]. */
  sumRows(out: Tensor<A>, x: Tensor<A>): void;
  /** Row m of out [M,N] = row ids[m] of table [V,N], or += with `accumulate` (default false). */
  gather(out: Tensor<A>, table: Tensor<A>, ids: Indices, accumulate?: boolean): void;
  /** Row ids[m] of table [V,N] += row m of x [M,N]. A repeated id adds each time. */
  scatterAdd(table: Tensor<A>, ids: Indices, x: Tensor<A>): void;
  /** Row m of out [M,N] = row m of x where mask[m] is 0; other rows stay. The kernel of masked steps. */
  copyMasked(out: Tensor<A>, x: Tensor<A>, mask: Tensor<A>): void;
  /**
   * Row m of out [M,N] = softmax(x_m / temperature), for logits x [M,N]; out may be x. A higher temperature
   * makes the probabilities more equal, a lower one less. Default 1.
   * @throws RangeError when the temperature is not above 0
   */
  softmax(out: Tensor<A>, x: Tensor<A>, temperature?: number): void;

  /**
   * Row m of out [M,N] = (x_m - μ) r_m with r_m = 1 / √(σ² + epsilon), where μ and σ² are mean and variance of the row;
   * r [M] is written too. out may be x.
   */
  normalize(out: Tensor<A>, r: Tensor<A>, x: Tensor<A>, epsilon: number): void;
  /**
   * The gradient of `normalize`, whose out and r are y and r here:
   * dx_m = r_m (dy_m - mean(dy_m) - y_m mean(dy_m * y_m)). dx may be dy.
   */
  normalizeBackward(dx: Tensor<A>, dy: Tensor<A>, y: Tensor<A>, r: Tensor<A>): void;

  // ---- the loops of the cells --------------------------------------------------------------------------

  /**
   * A cell's arithmetic between its matrix products is a loop over its tensors, written in the cell's file.
   * Returns the kernels' faster twin of that name, if there is one, and otherwise `loop` itself. A new loop
   * needs a new name.
   */
  loop<L extends Loop>(name: string, loop: L): L;

  // ---- plans -------------------------------------------------------------------------------------------

  /**
   * Prepares phases to be run often. Running the plan does their work in order and returns the last loss, or
   * NaN. Kernels may record work declared `kernelsOnly` and replay its calls, faster or on several threads,
   * with bit-identical results. The tensors must not move.
   * @param constant memory that no call writes to: the weights
   */
  plan(phases: readonly Phase[], constant: Tensor<A>): () => number;

  // ---- losses: the value and, in the same pass, its derivative -----------------------------------------
  //
  // Each is a weighted mean over the rows m, Σ weights[m] · loss_m / Σ weights[m]; weights default to 1.
  // dx = dLoss/dx is written unless it is null. A row of weight 0 may hold anything; its dx is 0. If all
  // weights are 0, the loss is 0.

  /**
   * x [M,V] logits, label[m] a class in 0..V-1: loss_m = -ln softmax(x_m)[label_m].
   * By default all weights are 1.
   */
  softmaxCrossEntropy(dx: Tensor<A> | null, x: Tensor<A>, labels: Indices, weights?: Tensor<A>): number;
  /**
   * x [M,N] logits, y [M,N] in 0..1: loss_m = mean over n of -y ln σ(x) - (1-y) ln(1-σ(x)).
   * By default all weights are 1.
   */
  binaryCrossEntropy(dx: Tensor<A> | null, x: Tensor<A>, y: Tensor<A>, weights?: Tensor<A>): number;
  /** x [M,N], y [M,N]: loss_m = mean over n of (x-y)². By default all weights are 1. */
  meanSquaredError(dx: Tensor<A> | null, x: Tensor<A>, y: Tensor<A>, weights?: Tensor<A>): number;

  // ---- optimizer steps on the flat parameter array w with gradient g -----------------------------------

  /** w -= fraction w */
  decay(w: Tensor<A>, fraction: number): void;
  /** v = momentum v - rate g;  w += v or, with `nesterov` (default false), w += momentum v - rate g */
  sgd(w: Tensor<A>, g: Tensor<A>, v: Tensor<A>, rate: number, momentum: number, nesterov?: boolean): void;
  /** s = rho s + (1-rho) g²;  w -= rate g / (√(s + inside) + outside, default 0), but w stays where g is 0 */
  rmsprop(
    w: Tensor<A>,
    g: Tensor<A>,
    s: Tensor<A>,
    rate: number,
    rho: number,
    inside: number,
    outside?: number,
  ): void;
  /** s += g²;  w -= rate g / (√(s + inside) + outside, default 0), but w stays where g is 0 */
  adagrad(w: Tensor<A>, g: Tensor<A>, s: Tensor<A>, rate: number, inside: number, outside?: number): void;
  /** m = b1 m + (1-b1) g;  v = b2 v + (1-b2) g²;  w -= rate m / (√v + epsilon) */
  adam(
    w: Tensor<A>,
    g: Tensor<A>,
    m: Tensor<A>,
    v: Tensor<A>,
    rate: number,
    beta1: number,
    beta2: number,
    epsilon: number,
  ): void;
}
