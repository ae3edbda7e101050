/**
 * Signals: the values passed from layer to layer.
 *
 * Sequences are time-major: T steps of B examples are a tensor of T·B rows, and row t·B + b is step t of
 * example b. A layer that treats all rows alike (dense) thus runs the same code for sequences and vectors.
 */
import type { Indices, Tensor } from '../../engine/index.js';

/** The output of one layer and the input of the next. */
export interface Signal {
  /** [steps·B, width]; or symbols, which stand for one-hot rows: row numbers [steps·B], of K columns [steps·B·K]. */
  readonly value: Tensor | Indices;
  /** dLoss/dvalue, written by the layer that reads the value; null where it is not needed. */
  readonly gradient: Tensor | null;
  /** T for a sequence, null for one vector per example. */
  readonly steps: number | null;
  /** 1 for a real time step, 0 for padding, [T·B]; null: all steps are real. */
  readonly mask: Tensor | null;
  /** If set, `value` and `gradient` are a table of the distinct rows, and this tells which row belongs where. */
  readonly gathered: Gathered | null;
  /** Whether every step has the same vector: `value` and `gradient` then hold it once, [B, width]. */
  readonly repeated: boolean;
}

/** Selects some rows of a tensor. */
export type RowsOf = <N extends Tensor | Indices>(t: N) => N;

/** A sequence whose row m is row inverse[m] of a table. */
export interface Gathered {
  /** [T·B] */
  readonly inverse: Indices;
  /** Selects the rows that the current batch reads, of the table or of anything computed from it by row. */
  readonly used: RowsOf;
}

/** The forms of a signal, besides a row of numbers for each step, that a layer can read. */
export interface Accepts {
  /** Symbols: `value` holds row numbers. If not accepted, `unroll` throws. Default false. */
  readonly symbols?: boolean;
  /** Rows of a table: `gathered` is set. If not accepted, they are expanded first. Default false. */
  readonly gathered?: boolean;
  /** One vector for all steps: `repeated` is set. If not accepted, it is expanded first. Default false. */
  readonly repeated?: boolean;
}

/** Whether x holds row numbers instead of rows. */
export function isIndices(x: Tensor | Indices): x is Indices {
  return (x as Indices | null | undefined)?.data instanceof Int32Array;
}
