/** The nodes of an unrolled graph. */
import { requireFunction, requireText, show } from '../../engine/checks.js';
import type { Indices, Tensor } from '../../engine/index.js';

/** One operation of the unrolled graph: the tensors it touches, and how it runs forward and backward. */
export interface GraphNode {
  /** Its layer and, after `@`, its time step: `lstm@3`. Without `@`: all steps at once. */
  readonly name: string;
  /** The time step, or null for all steps at once. */
  readonly time: number | null;
  readonly reads: Readonly<Record<string, Tensor | Indices>>;
  readonly writes: Readonly<Record<string, Tensor>>;
  /** Kept from the forward pass for the backward pass. */
  readonly saved: Readonly<Record<string, Tensor>>;
  /**
   * dLoss/d of what it writes, by the same names, valid after a backward pass. Null where not computed.
   * Default: none.
   */
  readonly gradients?: Readonly<Record<string, Tensor | null>>;
  /** Its other buffers. Default: none. */
  readonly scratch?: Readonly<Record<string, Tensor | Indices | null>>;
  /** Names of the parameters; the same ones at every time step. */
  readonly parameters: readonly string[];
  /**
   * Its rows belong to no single example but are shared, such as the words of the batch. Shared nodes run
   * first, and threads split their calls by columns. By default the rows belong to examples.
   */
  readonly shared?: true;
  /**
   * Called before each forward pass, for work outside the kernels. While the number it returns is the same,
   * the passes make the same kernel calls, of which one recording is kept for each number: 0 if they never
   * change. Default: nothing to prepare.
   */
  readonly prepare?: () => number;
  /** Computes what it writes from what it reads. The loss node returns the loss, all others nothing. */
  forward(): number | void;
  /** Computes the gradients of what it reads from those of what it writes. */
  backward(): void;
  /**
   * Adds to the gradients of its parameters, or of rows that examples share; called after all nodes have run
   * backward. Default: there is nothing to add.
   */
  accumulate?(): void;
}

const PARTS = new Set<string>([
  ...['name', 'time', 'reads', 'writes', 'saved', 'gradients', 'scratch', 'parameters', 'shared'],
  ...['prepare', 'forward', 'backward', 'accumulate'],
]);

/** Fills in the defaults: all steps at once, and nothing read, written or saved. */
export function node(
  given: Partial<GraphNode> & Pick<GraphNode, 'name' | 'forward' | 'backward'>,
): GraphNode {
  if (typeof given !== 'object' || given === null)
    throw new TypeError(`node takes an object with name, forward and backward, not ${show(given)}`);
  requireText('node: name', given.name);
  for (const part in given)
    if (!PARTS.has(part)) throw new TypeError(`node ${given.name} has no part "${part}"`);
  requireFunction(`node ${given.name}: forward`, given.forward);
  requireFunction(`node ${given.name}: backward`, given.backward);
  return { time: null, reads: {}, writes: {}, saved: {}, parameters: [], ...given };
}
