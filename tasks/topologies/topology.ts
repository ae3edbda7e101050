/** What the four programs have in common: how they are asked, and what they give back. */
import type { CellName, Kernels } from '../../models/index.js';
import type { Rows } from '../common/printTable.js';
import type { EpochPoint } from '../common/training.js';

export interface TopologySettings {
  /** One model is trained with each of these cells. */
  readonly cells: readonly CellName[];
  readonly epochs: number;
  /** How hard it is; see `Topology`. */
  readonly size: number;
  /** Fixes the weights and the examples. */
  readonly seed: number;
}

export interface TopologyResults {
  /** In the order in which they were trained; of several cells, those of one after those of another. */
  readonly epochs: readonly (EpochPoint & { readonly cell: CellName })[];
  /** The result, and beside it what needs no network. */
  readonly final: Readonly<Record<string, number>>;
  /** The same to be printed. */
  readonly table: Rows;
}

export interface Topology {
  /** In one line, for the help text. */
  readonly description: string;
  /** What `size` is: `letters of a string at most`. */
  readonly sized: string;
  readonly sizes: { readonly least: number; readonly most: number };
  readonly defaults: Pick<TopologySettings, 'cells' | 'epochs' | 'size'>;
  /** Trains, and tries what was learned on examples that were not trained on; null: it was asked to stop. */
  run(kernels: Kernels, settings: TopologySettings): Promise<TopologyResults | null>;
}
