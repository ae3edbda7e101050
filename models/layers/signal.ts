/**
 * What flows from layer to layer.
 *
 * Sequences are time-major: a sequence of T steps for B examples is a tensor of T·B rows, row t·B + b. A layer that
 * treats every row alike (dense) therefore serves sequences and single vectors with the same code.
 */
import type { Indices, Tensor } from '../../engine/index.js';

/** The output of one layer and the input of the next. */
export interface Signal {
  /** [steps·B, width], or row numbers [steps·B] for one-hot rows. */
  readonly value: Tensor | Indices;
  /** dLoss/dvalue, written by the layer that reads the value; null where nobody asks for it. */
  readonly gradient: Tensor | null;
  /** T for a sequence, null for one vector per example. */
  readonly steps: number | null;
  /** 1 where an example has a real time step, 0 where it is padding, [T·B]; null: all steps are real. */
  readonly mask: Tensor | null;
  /** Where rows occur more than once: `value` and `gradient` then hold each of them once, and this tells which is where. */
  readonly gathered: Gathered | null;
  /** The same vector at every step: `value` and `gradient` then hold it once, [B, width]. */
  readonly repeated: boolean;
}

/** Gives some rows of a tensor. */
export type RowsOf = <N extends Tensor | Indices>(t: N) => N;

/** A sequence whose row m is row inverse[m] of a table. */
export interface Gathered {
  /** [T·B] */
  readonly inverse: Indices;
  /** Of the table, or of what is computed from it row by row, the rows that the batch at hand reads. */
  readonly used: RowsOf;
}

/** Forms of a signal beside a row of numbers for each step; a layer says which of them it can read. */
export interface Accepts {
  /** Symbols: `value` holds row numbers. Otherwise the graph is refused. Default false. */
  readonly symbols?: boolean;
  /** Rows of a table: `gathered` is set. Otherwise they are written out before the layer. Default false. */
  readonly gathered?: boolean;
  /** One vector for all steps: `repeated` is set. Otherwise it is written out before the layer. Default false. */
  readonly repeated?: boolean;
}

/** Whether x holds row numbers instead of rows. */
export function isIndices(x: Tensor | Indices): x is Indices {
  return x.data instanceof Int32Array;
}
