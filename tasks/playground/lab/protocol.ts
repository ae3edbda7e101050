/** What the lab's page and its workers say to each other. Each exhibit has a worker of its own. */
import type { Flow } from '../../lab/gradientFlow.js';
import type { Exhibit } from './exhibit.js';

export type ToLab =
  /**
   * `generation` numbers the trainings of an exhibit: what still arrives from an earlier one is not drawn.
   */
  | { type: 'open'; generation: number; exhibit: Exhibit }
  /** Until it is paused. */
  | { type: 'train' }
  /** One batch. Each request to train is done after those before it, and answered with `idle` at its end. */
  | { type: 'step' }
  | { type: 'pause' };

export interface LabFacts {
  readonly kernels: string;
  /** Of each network. */
  readonly parameters: readonly number[];
  /** Training ends after so many batches; null: when it is paused. */
  readonly batches: number | null;
  /** The loss of always answering the mean, or of all symbols being equally likely. */
  readonly baseline: number;
}

/** One example, step by step; '' where nothing is read, asked or said. */
export interface Answered {
  readonly reads: readonly string[];
  readonly right: readonly string[];
  readonly says: readonly string[];
  /** Norms of dLoss/dh at each step. */
  readonly norms: readonly number[];
}

/** The losses of a batch, counted from 1, one for each network; NaN for one that has diverged. */
export type Losses = readonly [step: number, ...losses: number[]];

export type FromLab =
  | { type: 'ready'; generation: number; facts: LabFacts }
  | { type: 'losses'; generation: number; losses: readonly Losses[] }
  | { type: 'flows'; generation: number; step: number; flows: readonly Flow[] }
  | { type: 'answered'; generation: number; step: number; answered: Answered }
  /** Training of a network cannot go on; the others do. */
  | { type: 'diverged'; generation: number; network: number; step: number; why: string }
  | { type: 'idle'; generation: number; step: number; isOver: boolean };
