/** An unrolled graph as those see it who describe or draw it. */
import type { Indices, Tensor } from '../engine/index.js';
import type { GraphNode, Layer, Signal } from './layer.js';
import type { Model } from './model.js';

/** A layer of the model, unrolled. */
export interface Level {
  readonly name: string;
  readonly layer: Layer;
  readonly input: Signal;
  readonly output: Signal;
  readonly nodes: readonly GraphNode[];
}

export interface Anatomy {
  readonly model: Model;
  readonly batch: number;
  readonly steps: number;
  /** What the caller writes, besides labels. */
  readonly given: Readonly<Record<'input' | 'mask' | 'weights', Tensor | Indices | null>>;
  readonly inputGradient: Tensor | null;
  /** From input to output. */
  readonly levels: readonly Level[];
  /** What the last layer gives. */
  readonly output: Signal;
  /** The nodes behind it: the loss. */
  readonly after: readonly GraphNode[];
}
