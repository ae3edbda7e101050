/** An unrolled graph, and how one is asked for. */
import type { Indices, Tensor } from '../../engine/index.js';
import type { CarriedState, Layer } from '../layers/layer.js';
import type { GraphNode } from '../layers/node.js';
import type { Signal } from '../layers/signal.js';
import type { UnrolledCell } from '../layers/unrolledCell.js';
import type { Loss, LossName } from '../losses/index.js';
import type { Model } from './model.js';

/** How a model is unrolled. */
export interface UnrollOptions {
  /** B, examples side by side. */
  batch: number;
  /** T, time steps. */
  steps: number;
  /** What `forward` returns: a loss, or the name of one that the library has. Default null: none, as for generating text. */
  loss?: Loss | LossName | null;
  /** Whether `backward` will be called. Default: whether there is a loss. */
  training?: boolean;
  /** Whether to compute dLoss/dinput too (real-valued input only). Default false. */
  inputGradient?: boolean;
  /** Whether to compute dLoss/dinitial of the recurrent layers' states too. Default false. */
  initialStateGradient?: boolean;
  /**
   * Whether some steps are padding; `graph.mask` then says which. Padded steps of a sequence do not count in the
   * loss, unless `weights` says otherwise. Default false.
   */
  mask?: boolean;
  /** Whether rows of the loss have weights; `graph.weights` then holds them. Default false. */
  weights?: boolean;
  /**
   * How many steps `carryStates` moves on, 1 to T. Default T: the windows follow one another. With fewer the windows
   * overlap, which is truncated BPTT(k1, k2) with k1 = advance and k2 = steps. (Williams and Peng 1990.)
   */
  advance?: number;
}

/** A layer of the model, unrolled. */
export interface UnrolledLayer {
  readonly name: string;
  readonly layer: Layer;
  readonly input: Signal;
  readonly output: Signal;
  readonly nodes: readonly GraphNode[];
}

/** A model unrolled over time: its buffers, its nodes, and its passes. */
export interface Graph {
  readonly model: Model;
  readonly batch: number;
  readonly steps: number;
  /** In execution order; `backward` walks them in reverse. */
  readonly nodes: readonly GraphNode[];
  /** Time-major rows t·B + b: [T·B, D], or symbols [T·B]; of K columns, [T·B·K]. Written by the caller. */
  readonly input: Tensor | Indices;
  /** dLoss/dinput, where `inputGradient` was asked for. */
  readonly inputGradient: Tensor | null;
  /** The last layer's output (logits), [rows, width]; T·B rows or, after a last-state layer, B. */
  readonly output: Tensor;
  /** Class numbers [rows] or real targets [rows, width], as the loss needs them. Written by the caller. */
  readonly labels: Indices | Tensor | null;
  /** 1 for a real step, 0 for padding, [T·B]; all 1 at first. */
  readonly mask: Tensor | null;
  /** Weight of each row of the loss, [rows]; all 1 at first. */
  readonly weights: Tensor | null;
  /** How much the batch counts beside others: the sum of the weights, or of the real steps, or the rows of the loss. */
  readonly weight: () => number;
  /** The layers of the model, unrolled, from input to output. */
  readonly layers: readonly UnrolledLayer[];
  /** The nodes behind the last layer: the loss. */
  readonly lossNodes: readonly GraphNode[];
  /** The recurrent layers' cells: `cells.lstm`. */
  readonly cells: Readonly<Record<string, UnrolledCell>>;
  /** The pass that has run last; null: none. */
  readonly lastPass: 'forward' | 'backward' | null;
  /** The recurrent layers' states: `states.lstm.h`. */
  readonly states: Readonly<Record<string, Readonly<Record<string, CarriedState>>>>;
  /** Runs the nodes in order and returns the loss (NaN when the graph has none). */
  forward(): number;
  /**
   * Runs the nodes in reverse after `forward`. Adds to the model's gradients; the caller zeroes them.
   * @throws Error when the graph was unrolled without training
   */
  backward(): void;
  /** The next window starts from the states this one ended in. No gradient crosses the border. */
  carryStates(): void;
  /** All initial states = 0. */
  resetStates(): void;
}
