/** The results of a lab experiment, shown both in the terminal and on the page. */
import type { LineChart, Section, Table } from '../report/index.js';

export interface Experiment {
  /** Its key in the results. */
  readonly key: string;
  readonly section: Section & { readonly text: string; readonly content: readonly (LineChart | Table)[] };
  /** Single numbers, by name. */
  readonly final: Readonly<Record<string, number>>;
}

/** The settings of all experiments. */
export interface LabSettings {
  /** T of the adding problem: the loss is at the last step, T - 1 steps from the first. */
  readonly steps: number;
  /** Epochs of training, on the adding problem and on sentences. */
  readonly epochs: number;
  /** Determines weights and examples. */
  readonly seed: number;
}
