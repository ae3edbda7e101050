/** What an experiment of the laboratory gives back. Terminal and page show the same. */
import type { LineChart, Section, Table } from '../report/index.js';

export interface Experiment {
  /** Its name among the results. */
  readonly key: string;
  readonly section: Section & { readonly text: string; readonly content: readonly (LineChart | Table)[] };
  /** Single numbers, by name. */
  readonly final: Readonly<Record<string, number>>;
}

/** What all experiments are given. */
export interface LabSettings {
  /** T of the adding problem: the loss is at the last step, the first is T - 1 steps away. */
  readonly steps: number;
  /** Of training, on it and on sentences. */
  readonly epochs: number;
  /** Fixes weights and examples. */
  readonly seed: number;
}
