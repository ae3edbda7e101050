/** What a picture consists of: lanes of boxes. */

/** A box of the picture. */
export interface Box {
  /** The time step; null for what belongs to none. */
  readonly time: number | null;
  readonly text: string;
  /** The length of dLoss/d(what the box gives), of all examples together; null where it is not known. */
  readonly norm: number | null;
}

/** What stands side by side: the steps of a layer, or of one direction of it. */
export interface Lane {
  readonly name: string;
  /** `steps`: a box for each step; `one`: a vector of each example; `bar`: one box as wide as all. */
  readonly kind: 'steps' | 'one' | 'bar';
  /** From left to right; null where steps are left out. */
  readonly boxes: readonly (Box | null)[];
  /** The column of the first box: a decoder begins where its encoder ends. */
  readonly start: number;
  /** Whether states go from step to step, and which way. */
  readonly recurrence: 'forward' | 'backward' | null;
  /** Left or right of the middle: the two directions of a bidirectional layer make room for each other. */
  readonly side: -1 | 0 | 1;
  /** Places in the list of lanes: what it reads. */
  readonly from: readonly number[];
  /** The place of the lane from whose last state this one goes on. */
  readonly continues: number | null;
  /** Whether it has what it reads the other way round: its first step is the last one there. */
  readonly reversed: boolean;
  /** Names of the matrices on the way from there, and of those between steps. */
  readonly inward: readonly string[];
  readonly across: readonly string[];
  /** All its weights, drawn once: names and shapes. */
  readonly weights: readonly { readonly name: string; readonly shape: readonly number[] }[];
}

export interface Picture {
  /** From bottom to top. */
  readonly lanes: readonly Lane[];
}
