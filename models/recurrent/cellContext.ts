/** What a cell is unrolled with. */
import type { Named } from '../../cells/index.js';
import type { ParameterSpec } from '../../engine/index.js';
import { dropoutAccepts } from '../layers/dropout.js';
import type { UnrollContext } from '../layers/layer.js';
import type { Accepts } from '../layers/signal.js';

/** The parameters of a cell, by letter. */
export type CellSpecs = Readonly<Record<string, ParameterSpec>>;

/** What one cell is given to unroll itself: that of its layer, or of its part of it. */
export type CellContext = UnrollContext<CellSpecs>;

export interface CellOptions {
  /** H, the width of the state. */
  units: number;
  /** Output the state after every step, not only after the last. Default false. */
  returnSequences?: boolean;
  /** Each batch continues from the final states of the batch before, row by row. Default false. */
  stateful?: boolean;
  /** While training, the chance that an input feature is dropped, at all steps alike. Default 0. */
  dropout?: number;
  /**
   * While training, the chance that a unit is hidden from the recurrent weights, at all steps alike; the state itself
   * is kept whole. Default 0. (Gal and Ghahramani 2016.)
   */
  recurrentDropout?: number;
}

/** How the cell is joined to other parts of the same graph, in time. */
export interface Boundary {
  /** Whether a node of the graph writes the initial states. Otherwise they are the caller's, and may be 0. */
  readonly initialStateComputed?: boolean;
  /** The gradient that arrives at the final states from the parts that continue from them, [B,H] each. */
  readonly dFinalState?: Named<string> | null;
}

/** Its input may be anything; where some of it is dropped, the rows of a table are not the same at every step. */
export const cellAccepts = (dropout: number, training: boolean): Accepts => ({
  symbols: true,
  ...dropoutAccepts(training ? dropout : 0, true),
});
