/** A picture consists of lanes of boxes. */

/** A box of the picture. */
export interface Box {
  /** The time step; null if it has none. */
  readonly time: number | null;
  readonly text: string;
  /** The norm of dLoss/d(output of the box) over all examples; null if unknown. */
  readonly norm: number | null;
}

/** A row of boxes: the steps of a layer, or of one direction of it. */
export interface Lane {
  readonly name: string;
  /** `steps`: a box for each step; `one`: one vector per example; `bar`: one box across all steps. */
  readonly kind: 'steps' | 'one' | 'bar';
  /** From left to right; null where steps are omitted. */
  readonly boxes: readonly (Box | null)[];
  /** The column of the first box: a decoder starts where its encoder ends. */
  readonly start: number;
  /** The direction in which states pass from step to step; null if they do not. */
  readonly recurrence: 'forward' | 'backward' | null;
  /**
   * Left or right of the middle of a column: the two directions of a bidirectional layer share the columns.
   */
  readonly side: -1 | 0 | 1;
  /** The lanes it reads, by index. */
  readonly from: readonly number[];
  /** The index of the lane whose last state this one starts from; null: none. */
  readonly continues: number | null;
  /** Whether it reverses what it reads: its first step is the last one there. */
  readonly reversed: boolean;
  /** Names of the matrices between `from` and this lane (`inward`) and between its steps (`across`). */
  readonly inward: readonly string[];
  readonly across: readonly string[];
  /** All its weights, each drawn once: names and shapes. */
  readonly weights: readonly { readonly name: string; readonly shape: readonly number[] }[];
}

export interface Picture {
  /** From bottom to top. */
  readonly lanes: readonly Lane[];
}
