/**
 * The kernels: every loop over numbers that the library needs, behind one small interface.
 *
 * Two implementations stand behind it. `referenceKernels` is the specification: plain loops that work on
 * float32 and float64. `wasmKernels` is float32 only and fast. Nothing above engine/ knows which one runs.
 *
 * Conventions: the destination comes first. `out = ...` overwrites, `out += ...` adds; the comment on each
 * kernel says which. Matrices may have any row stride, vectors are dense. Kernels allocate nothing.
 * A shape that does not fit throws a RangeError that names the kernel and both shapes.
 */
import type { FloatArray, Indices, Tensor } from './tensor.js';

/** Reads and writes the entries of dense tensors of one time step. */
export type Loop = (...tensors: Tensor[]) => void;

/** A pass of a node, or anything else that a plan runs. It may return a loss. */
export type Work = () => number | void;

/** Work that is done again and again, in this order: a part of the passes of a graph. */
export interface Phase {
  /**
   * How kernel calls may be partitioned among threads.
   * A number B: row m of a tensor belongs to example m mod B, and what is computed for one example depends on no other.
   * 'columns': column n of what a call writes depends on no other column of what the phase writes.
   */
  readonly partition: number | 'columns';
  /** What is declared `kernelsOnly` may be recorded and replayed; the rest is run as it is written. */
  readonly work: readonly Work[];
}

/** Every loop over numbers that the library needs, and the memory that its tensors lie in. */
export interface Kernels<A extends FloatArray = FloatArray> {
  /** What runs: 'reference-float64', 'wasm-simd', ... Reports and benchmarks print it. */
  readonly name: string;
  /** How many threads a plan is replayed on. */
  readonly threads: number;
  /** Ends the threads, if there are more than one; plans cannot be run any more. */
  close(): Promise<void>;

  // ---- memory: tensors live in the kernels' own arena --------------------------------------------------

  /** A new tensor of zeros. */
  zeros(...shape: number[]): Tensor<A>;
  /** New whole numbers, all 0. */
  indices(...shape: number[]): Indices;

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

  /** out [M,N] = a [M,K] · b [K,N], or += with `accumulate`. A transpose is seen from the strides. */
  matmul(out: Tensor<A>, a: Tensor<A>, b: Tensor<A>, accumulate?: boolean): void;
  /** Every row of out [M,N] = row [N]. */
  setRows(out: Tensor<A>, row: Tensor<A>): void;
  /** out [N] += the sum of the rows of x [M,N]. */
  sumRows(out: Tensor<A>, x: Tensor<A>): void;
  /** Row m of out [M,N] = row ids[m] of table [V,N], or += with `accumulate`. */
  gather(out: Tensor<A>, table: Tensor<A>, ids: Indices, accumulate?: boolean): void;
  /** Row ids[m] of table [V,N] += row m of x [M,N]. Rows named twice are added twice. */
  scatterAdd(table: Tensor<A>, ids: Indices, x: Tensor<A>): void;
  /** Row m of out [M,N] = row m of x where mask[m] is 0; the other rows stay. Masked steps are made of this. */
  copyMasked(out: Tensor<A>, x: Tensor<A>, mask: Tensor<A>): void;

  // ---- the loops of the cells ----------------------------------------------------------------------------

  /**
   * A cell's arithmetic between its matrix products is a loop over its tensors, written out in the cell's file.
   * Kernels may have a faster twin of it, known by its name; others give the loop back.
   */
  loop<L extends Loop>(name: string, loop: L): L;

  // ---- plans -----------------------------------------------------------------------------------------------

  /**
   * Prepares phases to be run often. Running the plan does their work in order and returns the last loss, or NaN.
   * Kernels that can replay calls, faster or on several threads, do so with the same bits, for work that is declared
   * `kernelsOnly`. The tensors must stay where they are.
   * @param constant memory that no call writes to: the weights
   */
  plan(phases: readonly Phase[], constant: Tensor<A>): () => number;

  // ---- losses: the value, and in the same pass its derivative ------------------------------------------
  //
  // Each is the mean over the rows m that count: Σ weights[m] · loss_m / Σ weights[m], all weights 1 when
  // none are given. dx = dLoss/dx is written unless null is passed. A row of weight 0 may hold anything; its
  // dx is 0. Where no row counts, the loss is 0.

  /** x [M,V] logits, label[m] a class in 0..V-1: loss_m = -ln softmax(x_m)[label_m] */
  softmaxCrossEntropy(dx: Tensor<A> | null, x: Tensor<A>, labels: Indices, weights?: Tensor<A>): number;
  /** x [M,N] logits, y [M,N] in 0..1: loss_m = mean over n of -y ln σ(x) - (1-y) ln(1-σ(x)) */
  binaryCrossEntropy(dx: Tensor<A> | null, x: Tensor<A>, y: Tensor<A>, weights?: Tensor<A>): number;
  /** x [M,N], y [M,N]: loss_m = mean over n of (x-y)² */
  meanSquaredError(dx: Tensor<A> | null, x: Tensor<A>, y: Tensor<A>, weights?: Tensor<A>): number;

  // ---- optimizer steps on the flat parameter array w with gradient g -----------------------------------

  /** v = momentum v - rate g;  w += v */
  sgd(w: Tensor<A>, g: Tensor<A>, v: Tensor<A>, rate: number, momentum: number): void;
  /** s = rho s + (1-rho) g²;  w -= rate g / √(s + epsilon) */
  rmsprop(w: Tensor<A>, g: Tensor<A>, s: Tensor<A>, rate: number, rho: number, epsilon: number): void;
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
