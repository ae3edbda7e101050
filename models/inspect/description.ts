/** A graph in figures: the rows of its table. */

export interface NodeDescription {
  /** As in `graph.nodes`; the first one, `input`, is what the caller writes. */
  readonly node: string;
  /** The time step, or null for all steps at once. */
  readonly time: number | null;
  /** Shapes by the names of the tensors. */
  readonly shapesIn: Readonly<Record<string, readonly number[]>>;
  readonly shapesOut: Readonly<Record<string, readonly number[]>>;
  /** How many numbers its parameters have; the same ones at every time step. */
  readonly parameters: number;
  /** Bytes that are kept from the forward pass for the backward pass, beside inputs and outputs. */
  readonly bytesSaved: number;
  /** Bytes that one more time step of its layer would add to it, where there are two or more. */
  readonly bytesPerStep: number;
  /** All its bytes: outputs, what is saved, and gradients. */
  readonly bytes: number;
}

/** A graph as a table, and its sums. */
export interface Description {
  /** In execution order. */
  readonly nodes: readonly NodeDescription[];
  /** How many numbers the model's parameters have. Values and gradients of them are the model's memory, not the graph's. */
  readonly parameters: number;
  /**
   * Bytes of one time step in each layer. Where all layers have the steps of the graph, by so much it grows with each further
   * step.
   */
  readonly bytesPerStep: number;
  /** Bytes of all its tensors. Kernels that record what a pass does take some more when it first runs. */
  readonly bytes: number;
  /** A table in plain text; steps that are alike share a line. */
  toString(): string;
}
