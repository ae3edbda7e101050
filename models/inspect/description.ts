/** The rows of a graph's table, and their sums. */

export interface NodeDescription {
  /** The node's name, as in `graph.nodes`; the first row, `input`, stands for what the caller writes. */
  readonly node: string;
  /** The time step, or null for all steps at once. */
  readonly time: number | null;
  /** Shapes, by name of the tensor. */
  readonly shapesIn: Readonly<Record<string, readonly number[]>>;
  readonly shapesOut: Readonly<Record<string, readonly number[]>>;
  /** Number of parameters; they are the same at every time step. */
  readonly parameters: number;
  /** Bytes saved in the forward pass for the backward pass, besides inputs and outputs. */
  readonly bytesSaved: number;
  /** Bytes that one more time step would add, if its layer has two or more. */
  readonly bytesPerStep: number;
  /** All its bytes: outputs, saved tensors, and gradients. */
  readonly bytes: number;
}

/** A graph as a table, and its sums. */
export interface Description {
  /** In execution order. */
  readonly nodes: readonly NodeDescription[];
  /**
   * Number of parameters of the model. Their values and gradients are the model's memory, not the graph's.
   */
  readonly parameters: number;
  /**
   * Bytes of one time step in each layer. If all layers have the steps of the graph, each further step adds
   * this much.
   */
  readonly bytesPerStep: number;
  /** Bytes of all its tensors. Kernels that record passes allocate some more when a pass first runs. */
  readonly bytes: number;
  /** A plain-text table; identical steps share a line. */
  toString(): string;
}
