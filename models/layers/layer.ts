/**
 * What a layer is: a value that says which parameters it needs and that adds its nodes to an unrolled graph.
 */
import type { Kernels, ParameterSpecs, Random, Tensor, Tensors } from '../../engine/index.js';
import type { GraphNode } from './node.js';
import type { Accepts, Signal } from './signal.js';
import type { UnrolledCell } from './unrolledCell.js';

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
export interface UnrollContext<S extends ParameterSpecs = ParameterSpecs> {
  readonly k: Kernels;
  /** The layer's name in this model, unique: `lstm`, `lstm2`. */
  readonly name: string;
  /** Its parameters, in the places in which it asked for them. */
  readonly parameters: Tensors<S>;
  /** Their gradients. */
  readonly gradients: Tensors<S>;
  readonly input: Signal;
  /** Whether another reader of the input has written its gradient before: then it is added to, not overwritten. */
  readonly accumulateInputGradient: boolean;
  /** B, the rows of the batch. */
  readonly batch: number;
  /** Whether a backward pass will be asked for; without it nothing is allocated for gradients, and nothing is dropped. */
  readonly training: boolean;
  /** What dropout draws from. */
  readonly dropoutRandom: Random;
  /** Whether the gradients of the initial states are needed. */
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

/** A layer: a plain value that knows its parameters, S, and how it is unrolled. */
export interface Layer<S extends ParameterSpecs = ParameterSpecs> {
  /** What it is: the default name of the layer. */
  readonly kind: string;
  /** Width of the output for an input of width D; of `columns` symbols, for the first layer of a model. */
  outputWidth(D: number, columns: number): number;
  /** The parameters it needs for an input of width D; a layer of parts may have a record for each part. */
  parameters(D: number): S;
  /** What it can read beside a row of numbers for each step, in a graph for training or another. Default: nothing. */
  accepts?(training: boolean): Accepts;
  /** Allocates its buffers and gives its nodes, in execution order. */
  unroll(context: UnrollContext<S>): UnrollResult;
}

/** Checks that a layer uses the parameters it asks for: `parameters` and `gradients` have the types of the specs. */
export const defineLayer = <S extends ParameterSpecs>(layer: Layer<S>): Layer<S> => layer;
