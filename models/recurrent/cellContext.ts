/** Options and context for unrolling a cell. */
import { requireFlag, requireWhole } from '../../engine/checks.js';
import { isLibraryCell } from '../../cells/libraryCell.js';
import type { Cell, Named } from '../../cells/index.js';
import type { ParameterSpec } from '../../engine/index.js';
import { requireRate } from '../layers/dropout.js';
import type { Json, LayerConfig } from '../layers/config.js';
import type { UnrollContext } from '../layers/layer.js';

/** The parameters of a cell, by letter. */
export type CellSpecs = Readonly<Record<string, ParameterSpec>>;

/** The context in which one cell is unrolled: that of its layer, or of one part of the layer. */
export type CellContext = UnrollContext<CellSpecs>;

/** How a cell is used, in whichever layer. */
export interface CellOptions {
  /** H, the width of the state. */
  units: number;
  /** Output the state after every step, not only after the last. Default false. */
  returnSequences?: boolean;
  /** Each batch continues from the final states of the batch before, row by row. Default false. */
  stateful?: boolean;
  /** In training, the probability that an input feature is dropped, at all steps alike. Default 0. */
  dropout?: number;
  /**
   * In training, the probability that a unit is hidden from the recurrent weights, at all steps alike; the
   * state itself is not changed. Default 0. (Gal and Ghahramani 2016.)
   */
  recurrentDropout?: number;
  /**
   * Whether each gate has masks of its own, for the input and for the state, as in Keras where its recurrent_dropout is
   * not 0. Default false: all gates see the same features and units.
   */
  dropoutPerGate?: boolean;
}

/** The defaults of the options that drop units. */
export const DROP_NOTHING = { dropout: 0, recurrentDropout: 0, dropoutPerGate: false };

/** The defaults of all options of a cell. */
export const CELL_DEFAULTS = { ...DROP_NOTHING, returnSequences: false, stateful: false };

/**
 * @param of      the layer that has the options
 * @param options with its defaults; some layers lack returnSequences and stateful
 * @throws RangeError that names the layer and the option
 */
export function requireCellOptions(of: string, options: CellOptions): void {
  requireWhole(`${of}: units`, options.units);
  requireRate(`${of}: dropout`, options.dropout!);
  requireRate(`${of}: recurrentDropout`, options.recurrentDropout!);
  for (const name of ['returnSequences', 'stateful', 'dropoutPerGate'] as const)
    if (name in options) requireFlag(`${of}: ${name}`, options[name]);
}

/** The config of a layer of cells; none if the cell is not the library's. */
export const cellConfig = (
  kind: string,
  cell: Cell,
  options: Readonly<Record<string, Json>>,
): LayerConfig | undefined => (isLibraryCell(cell) ? { kind, cell: cell.name, ...options } : undefined);

/** How the cell's first and last states connect to other parts of the same graph. */
export interface Boundary {
  /** Whether a node of the graph writes the initial states. Otherwise the caller sets them; they may be 0. */
  readonly initialStateComputed?: boolean;
  /** Gradient of the final states from the parts that continue from them, [B,H] each. */
  readonly dFinalState?: Named<string> | null;
}
