/** A layer: a value that lists the parameters it needs and adds its nodes to an unrolled graph. */
import type { Kernels, ParameterSpecs, Random, Tensor, Tensors } from '../../engine/index.js';
import type { GraphNode } from './node.js';
import type { Accepts, Signal } from './signal.js';
import type { UnrolledCell } from './unrolledCell.js';

/** One state of a recurrent layer, [B,H] each. */
export interface CarriedState {
  /** State before the first step: 0 unless set or carried. */
  readonly initial: Tensor;
  /** State after the last step. */
  readonly final: Tensor;
  /** dLoss/dinitial after a backward pass; null without `initialStateGradient`. */
  readonly gradient: Tensor | null;
  /** State after step `advance`: the initial state of the next window. */
  readonly next: Tensor;
  /** Whether training and evaluation carry it from batch to batch automatically. */
  readonly stateful: boolean;
  /** initial = next */
  carry(): void;
}

/** The arguments of a layer's `unroll`. */
export interface UnrollContext<S extends ParameterSpecs = ParameterSpecs> {
  readonly k: Kernels;
  /** The layer's name in this model, unique: `lstm`, `lstm2`. */
  readonly name: string;
  /** Its parameters, in the structure of its specs. */
  readonly parameters: Tensors<S>;
  /** Their gradients, in the same structure. */
  readonly gradients: Tensors<S>;
  readonly input: Signal;
  /** Whether another reader of the input has already written its gradient: then add to it. */
  readonly accumulateInputGradient: boolean;
  /** B, the rows of the batch. */
  readonly batch: number;
  /** Whether there will be backward passes. If not, allocate no gradients and drop nothing. */
  readonly training: boolean;
  /** The random stream of dropout. */
  readonly dropoutRandom: Random;
  /** Whether the gradients of the initial states are needed. */
  readonly initialStateGradient: boolean;
  /** By how many steps `carry` advances; T unless windows overlap. */
  readonly advance: number;
}

/** The result of a layer's `unroll`. */
export interface UnrollResult {
  /** In execution order. */
  readonly nodes: readonly GraphNode[];
  readonly output: Signal;
  /** Its states, by name. Default: none. */
  readonly states?: Readonly<Record<string, CarriedState>>;
  /** The unrolled cells of a recurrent layer, by name: `lstm`, `bidirectional.forward`. Default: none. */
  readonly cells?: Readonly<Record<string, UnrolledCell>>;
}

/** A layer: a plain value that knows its parameters S and how to unroll itself. */
export interface Layer<S extends ParameterSpecs = ParameterSpecs> {
  /** The kind of layer, such as `lstm`; models name their layers after it. */
  readonly kind: string;
  /** Width of the output for an input of width D or, for the first layer of a model, of `columns` symbols. */
  outputWidth(D: number, columns: number): number;
  /** The parameters it needs for an input of width D; a composite layer may have a record for each part. */
  parameters(D: number): S;
  /** What it can read besides a row of numbers per step, in a training graph or another. Default: nothing. */
  accepts?(training: boolean): Accepts;
  /** Allocates its buffers and creates its nodes, in execution order. */
  unroll(context: UnrollContext<S>): UnrollResult;
}

/** Types a layer's `parameters` and `gradients` by its specs, so it can only use those it declares. */
export const defineLayer = <S extends ParameterSpecs>(layer: Layer<S>): Layer<S> => layer;
