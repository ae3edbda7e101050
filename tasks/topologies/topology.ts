/** The interface of the four programs. None needs a terminal: they train on a page, too. */
import type { CellName, Graph, Kernels } from '../../models/index.js';
import type { Problem } from '../common/problem.js';
import type { EpochPoint } from '../common/training.js';

export interface TopologySettings {
  readonly cell: CellName;
  readonly epochs: number;
  /** The difficulty; see `Topology`. */
  readonly size: number;
  /** Determines weights and examples. */
  readonly seed: number;
}

/** One example as text, step by step; '' where nothing is read, asked or said. */
export interface Example {
  readonly reads: readonly string[];
  readonly right: readonly string[];
  readonly says: readonly string[];
  /** After its forward pass. */
  readonly graph: Graph;
}

/** The result of a training on examples that were not trained on. */
export interface Score {
  /** The result and the baseline. */
  readonly final: Readonly<Record<string, number>> & { readonly baseline: number };
  /** The result in the rows of a table, and the baseline in the last. */
  readonly rows: readonly (readonly string[])[];
}

/** A new model, its training, and its tests. */
export interface Arrangement {
  readonly problem: Problem;
  /** What the model answers to one example, as it is now. */
  readonly example: () => Example | Promise<Example>;
  /** @param epochs of the training */
  readonly test: (epochs: readonly EpochPoint[]) => Score | Promise<Score>;
}

export interface Topology {
  /** One line for the help text. */
  readonly description: string;
  /** The meaning of `size`, such as `letters at most`. */
  readonly sized: string;
  readonly sizes: { readonly least: number; readonly most: number };
  readonly defaults: { readonly cells: readonly CellName[]; readonly epochs: number; readonly size: number };
  /** What its tests count. */
  readonly measure: string;
  create(kernels: Kernels, settings: TopologySettings): Arrangement;
}
