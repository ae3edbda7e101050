/** The nodes of an unrolled graph. */
import type { Indices, Tensor } from '../../engine/index.js';

/** One operation of the unrolled graph: which tensors it touches, and how it runs forward and backward. */
export interface GraphNode {
  /** The layer it belongs to and, after `@`, its time step: `lstm@3`. Without `@`: all steps at once. */
  readonly name: string;
  /** The time step, or null for all steps at once. */
  readonly time: number | null;
  readonly reads: Readonly<Record<string, Tensor | Indices>>;
  readonly writes: Readonly<Record<string, Tensor>>;
  /** Kept from the forward pass for the backward pass. */
  readonly saved: Readonly<Record<string, Tensor>>;
  /** dLoss/d of what it writes, by the same names: there after a backward pass. Null where it is not computed. */
  readonly gradients?: Readonly<Record<string, Tensor | null>>;
  /** What other memory it has. */
  readonly scratch?: Readonly<Record<string, Tensor | Indices | null>>;
  /** Names of the parameters; the same ones at every time step. */
  readonly parameters: readonly string[];
  /**
   * Its rows belong to no example but to what examples share, such as the words of the batch. Such nodes come first,
   * and each of their calls computes its columns one from another.
   */
  readonly shared?: true;
  /**
   * Called before each forward pass, for what kernels do not do. As long as the number it returns is the same, so are
   * the kernel calls of the passes.
   */
  readonly prepare?: () => number;
  /** From what it reads to what it writes. The node of the loss returns it. */
  forward(): number | void;
  /** From the gradients of what it writes to those of what it reads. */
  backward(): void;
  /** Adds to the gradients of its parameters; called when all nodes have run backward. */
  accumulate?(): void;
}

/** A node in which everything that is left out is empty, and stands for all steps at once. */
export function node(
  given: Partial<GraphNode> & Pick<GraphNode, 'name' | 'forward' | 'backward'>,
): GraphNode {
  return { time: null, reads: {}, writes: {}, saved: {}, parameters: [], ...given };
}
