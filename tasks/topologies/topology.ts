/** The interface of the four programs: settings and results. */
import type { CellName, Kernels } from '../../models/index.js';
import type { Rows } from '../common/printTable.js';
import type { EpochPoint } from '../common/training.js';

export interface TopologySettings {
  /** One model is trained with each of these cells. */
  readonly cells: readonly CellName[];
  readonly epochs: number;
  /** The difficulty; see `Topology`. */
  readonly size: number;
  /** Determines weights and examples. */
  readonly seed: number;
}

export interface TopologyResults {
  /** In order of training, one cell after the other. */
  readonly epochs: readonly (EpochPoint & { readonly cell: CellName })[];
  /** The result and the baseline. */
  readonly final: Readonly<Record<string, number>>;
  /** The same as a table. */
  readonly table: Rows;
}

export interface Topology {
  /** One line for the help text. */
  readonly description: string;
  /** The meaning of `size`, such as `letters at most`. */
  readonly sized: string;
  readonly sizes: { readonly least: number; readonly most: number };
  readonly defaults: Pick<TopologySettings, 'cells' | 'epochs' | 'size'>;
  /** Trains, and tests on examples that were not trained on; null: it was asked to stop. */
  run(kernels: Kernels, settings: TopologySettings): Promise<TopologyResults | null>;
}
