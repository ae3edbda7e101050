/// <reference lib="esnext.disposable" preserve="true" />
/** An unrolled graph, and the options of `unroll`. */
import type { Indices, Tensor } from '../../engine/index.js';
import type { CarriedState, Layer } from '../layers/layer.js';
import type { GraphNode } from '../layers/node.js';
import type { Signal } from '../layers/signal.js';
import type { UnrolledCell } from '../layers/unrolledCell.js';
import type { Loss, LossName, losses } from '../losses/index.js';
import type { RowWeights } from './lossNode.js';
import type { Model } from './model.js';

/** A loss, its name, or none. */
export type AnyLoss = Loss | LossName | null;

/** The labels of a graph with this loss: class numbers, targets, or null without a loss. */
export type LabelsOf<L> = L extends LossName
  ? LabelsOf<(typeof losses)[L]>
  : L extends Loss<infer Labels>
    ? Labels
    : null;

/** How a model is unrolled. L is its loss. */
export interface UnrollOptions<L extends AnyLoss = AnyLoss> {
  /** B, examples side by side. */
  batch: number;
  /** T, time steps. */
  steps: number;
  /** The loss that `forward` returns, or its name if built in. Default null: none, as for generating text. */
  loss?: L;
  /** Whether `backward` will be called. Default: whether there is a loss. */
  training?: boolean;
  /** Whether to compute dLoss/dinput as well (real-valued input only). Default false. */
  inputGradient?: boolean;
  /** Whether to compute dLoss/dinitial of the recurrent layers' states as well. Default false. */
  initialStateGradient?: boolean;
  /**
   * Whether some steps are padding, as given by `graph.mask`. Padded steps of a sequence do not count in the
   * loss, unless `weights` is true. What they hold never matters: each pass begins by setting `graph.input`
   * to 0 there. Default false.
   */
  mask?: boolean;
  /**
   * Whether rows of the loss have weights; `graph.weights` then holds them: written by the caller, or by a
   * function before each pass, such as `classWeights([1, 5])`. Default false.
   */
  weights?: boolean | RowWeights;
  /**
   * By how many steps `carryStates` advances, 1 to T. Default T: consecutive windows. With fewer steps the
   * windows overlap: truncated BPTT(k1, k2) with k1 = advance and k2 = steps. (Williams and Peng 1990.)
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

/**
 * A model unrolled over time: its buffers, its nodes, and its passes. The form of its labels is that of its loss.
 * `using graph = unroll(..)` gives it back at the end of the block, on runtimes that have `using` (Node 24).
 */
export interface Graph<Labels extends Indices | Tensor | null = Indices | Tensor | null> extends Disposable {
  readonly model: Model;
  readonly batch: number;
  readonly steps: number;
  /** In execution order; `backward` walks them in reverse. */
  readonly nodes: readonly GraphNode[];
  /**
   * Time-major rows t·B + b: [T·B, D], or symbols [T·B]; with K columns, [T·B·K]. Written by the caller; each
   * pass sets it to 0 where `mask` is 0.
   */
  readonly input: Tensor | Indices;
  /** dLoss/dinput; null without `inputGradient`. */
  readonly inputGradient: Tensor | null;
  /** The last layer's output (logits), [rows, width]; T·B rows or, after a last-state layer, B. */
  readonly output: Tensor;
  /**
   * Class numbers [rows] or real targets [rows, width], depending on the loss; null without a loss. Written by
   * the caller.
   */
  readonly labels: Labels;
  /** 1 for a real step, 0 for padding, [T·B]; initially all 1. */
  readonly mask: Tensor | null;
  /** Weight of each row of the loss, [rows], 0 or more; initially all 1. */
  readonly weights: Tensor | null;
  /** The batch's weight in a mean over batches: the sum of the weights or of the mask, or the loss's rows. */
  readonly weight: () => number;
  /** The layers of the model, unrolled, from input to output. */
  readonly layers: readonly UnrolledLayer[];
  /** The nodes after the last layer: the loss. */
  readonly lossNodes: readonly GraphNode[];
  /** The recurrent layers' cells, by name: `cells.lstm`, `cells['bidirectional.forward']`. */
  readonly cells: Readonly<Record<string, UnrolledCell>>;
  /** The pass that ran last; null: none. */
  readonly lastPass: 'forward' | 'backward' | null;
  /** Their states, by the same names and by letter: `states.lstm.h`, `states['bidirectional.forward'].h`. */
  readonly states: Readonly<Record<string, Readonly<Record<string, CarriedState>>>>;
  /**
   * Runs the nodes in order and returns the loss (NaN when the graph has none).
   * @throws RangeError that names the example, the step and the number when a symbol, label, mask or weight is
   * out of range
   */
  forward(): number;
  /**
   * Runs the nodes in reverse, after `forward`. Adds to the model's gradients; the caller zeroes them.
   * @throws Error when the graph was unrolled without training, or `forward` has not run
   */
  backward(): void;
  /** Makes the next window start from the last states of this one. No gradient crosses the boundary. */
  carryStates(): void;
  /** Sets all initial states to 0. */
  resetStates(): void;
  /** Gives back the memory of its buffers, for what is made next. Nothing of the graph must be used afterwards. */
  dispose(): void;
}
