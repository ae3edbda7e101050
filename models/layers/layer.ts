/**
 * What a layer is: a value that says which parameters it needs and that adds its nodes to an unrolled graph.
 *
 * Sequences are time-major: a sequence of T steps for B examples is a tensor of T·B rows, row t·B + b. A layer that
 * treats every row alike (dense) therefore serves sequences and single vectors with the same code.
 */
import type { Indices, Kernels, ParameterSpec, Random, Tensor } from '../../engine/index.js';
import type { Named } from '../../cells/index.js';
import type { UnrolledCell } from './unrolledCell.js';

/** What flows from layer to layer. */
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
  /** From what it reads to what it writes. */
  forward(): void;
  /** From the gradients of what it writes to those of what it reads. */
  backward(): void;
  /** Adds to the gradients of its parameters; called when all nodes have run backward. */
  accumulate?(): void;
}

/** One state of a recurrent layer, [B,H] each. */
export interface CarriedState {
  /** State before the first step: 0 unless it is set or carried. */
  readonly initial: Tensor;
  /** State after the last step. */
  readonly final: Tensor;
  /** dLoss/dinitial after a backward pass, where `initialStateGradient` was asked for. */
  readonly gradient: Tensor | null;
  /** State after step `advance`: the next window begins where this one has moved to. */
  readonly next: Tensor;
  /** Whether training and evaluation carry it from batch to batch by themselves. */
  readonly stateful: boolean;
  /** initial = next */
  carry(): void;
}

/** What a layer is given to unroll itself. */
export interface UnrollContext {
  readonly k: Kernels;
  /** The layer's name in this model, unique: `lstm`, `lstm2`. */
  readonly name: string;
  readonly parameters: Named<string>;
  readonly gradients: Named<string>;
  readonly input: Signal;
  /** Whether another reader of the input has written its gradient before: then it is added to, not overwritten. */
  readonly accumulateInputGradient: boolean;
  /** B, the rows of the batch. */
  readonly batch: number;
  /** Whether a backward pass will be asked for; without it nothing is allocated for gradients, and nothing is dropped. */
  readonly training: boolean;
  /** What dropout draws from. */
  readonly dropoutRandom: Random;
  /** Whether somebody will read the gradient of the initial states. */
  readonly initialStateGradient: boolean;
  /** How many steps `carry` moves on; T unless windows overlap. */
  readonly advance: number;
}

/** What a layer gives back. */
export interface UnrollResult {
  /** In execution order. */
  readonly nodes: readonly GraphNode[];
  readonly output: Signal;
  readonly states?: Readonly<Record<string, CarriedState>>;
  /** Of recurrent layers, by name: `lstm`, `bidirectional.forward`. */
  readonly cells?: Readonly<Record<string, UnrolledCell>>;
}

/** A layer: a plain value that knows its parameters and how it is unrolled. */
export interface Layer {
  /** What it is: the default name of the layer. */
  readonly kind: string;
  /** Width of the output for an input of width D; of `columns` symbols, for the first layer of a model. */
  outputWidth(D: number, columns: number): number;
  /** The parameters it needs for an input of width D. */
  parameters(D: number): Readonly<Record<string, ParameterSpec>>;
  /** Allocates its buffers and gives its nodes, in execution order. */
  unroll(context: UnrollContext): UnrollResult;
}
