/** A layer: a value that lists the parameters it needs and adds its nodes to an unrolled graph. */
import { isRecord, show } from '../../engine/checks.js';
import type { Kernels, ParameterSpecs, Random, Tensor, Tensors } from '../../engine/index.js';
import type { LayerConfig } from './config.js';
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
  /** The states of a recurrent layer: by the name of the cell, as below, and by letter. Default: none. */
  readonly states?: Readonly<Record<string, Readonly<Record<string, CarriedState>>>>;
  /** The unrolled cells of a recurrent layer, by name: `lstm`, `bidirectional.forward`. Default: none. */
  readonly cells?: Readonly<Record<string, UnrolledCell>>;
}

/** A layer: a plain value that knows its parameters S and how to unroll itself. */
export interface Layer<S extends ParameterSpecs = ParameterSpecs> {
  /** The kind of layer, such as `lstm`; models name their layers after it. */
  readonly kind: string;
  /** Its name in a model. Default: its kind, numbered from the second one on. */
  readonly name?: string;
  /**
   * What its output has gone through, such as `softmax`, if the loss must know: those that take logits refuse
   * probabilities. Default: nothing.
   */
  readonly activation?: string | undefined;
  /**
   * What `createLayer` makes it from again. Copies (`{ ...layer }`) do not have it: with other functions they would not be
   * that layer. Default: none, as in layers, cells and activations of one's own.
   */
  readonly config?: LayerConfig | undefined;
  /** Width of the output for an input of width D or, for the first layer of a model, of `columns` symbols. */
  outputWidth(D: number, columns: number): number;
  /** The parameters it needs for an input of width D; a composite layer may have a record for each part. */
  parameters(D: number): S;
  /** What it can read besides a row of numbers per step, in a training graph or another. Default: nothing. */
  accepts?(training: boolean): Accepts;
  /** Allocates its buffers and creates its nodes, in execution order. */
  unroll(context: UnrollContext<S>): UnrollResult;
}

/**
 * Types a layer's `parameters` and `gradients` by its specs, so it can only use those it declares.
 * @throws TypeError when it lacks a part of a layer
 */
export function defineLayer<S extends ParameterSpecs>(layer: Layer<S>): Layer<S> {
  requireLayer('defineLayer takes', layer);
  const { config } = layer;
  return config ? Object.defineProperty({ ...layer }, 'config', { value: config, enumerable: false }) : layer;
}

/**
 * The same layer under a name of its own, by which its parameters, states, cells and traces are addressed:
 * `layer('encoder', recurrent(lstm, { units: 8 }))` has `encoder.W` and `graph.states.encoder`. (Keras: name.)
 * @param name a word without spaces, dots and `@`, which no other layer of the model has
 * @throws RangeError when it cannot be a name
 */
export function layer(name: string, layer: Layer): Layer {
  requireName('layer: the name', name);
  requireLayer(`layer('${name}', ..) takes`, layer);
  return defineLayer({ ...layer, name, config: layer.config && { ...layer.config, name } });
}

/**
 * @param of what takes the value: `timeDistributed takes`
 * @throws TypeError when it is no layer; says how a cell becomes one
 */
export function requireLayer(of: string, value: unknown): asserts value is Layer {
  const given = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const missing = (['parameters', 'outputWidth', 'unroll'] as const).find(
    (name) => typeof given[name] !== 'function',
  );
  if (!missing && typeof given.kind === 'string') return;
  throw new TypeError(`${of} a layer, such as dense(2), not ${wrong(value, given, missing)}`);
}

function wrong(value: unknown, given: Record<string, unknown>, missing: string | undefined): string {
  if (Array.isArray(given.gates) && typeof given.name === 'string')
    return `the cell ${given.name}; write recurrent(${given.name}, { units })`;
  if (typeof value === 'function' && value.name)
    return `the function ${value.name}; call it: ${value.name}(..)`;
  if (!isRecord(value)) return show(value);
  return missing ? `an object without the function ${missing}` : 'an object without a kind';
}

/**
 * Names are parts of others, `encoder.W` and `encoder@3`, and of records.
 * @param of what has the name
 * @throws RangeError unless it is a word without spaces, dots and `@`
 */
export function requireName(of: string, name: unknown): asserts name is string {
  if (typeof name === 'string' && /^[^\s.@]+$/.test(name) && name !== '__proto__') return;
  throw new RangeError(`${of} must be a word without spaces, dots and @, not ${show(name)}`);
}
