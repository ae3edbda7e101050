/** The mean and the spread, over seeds, of scores and of each epoch's numbers. */
import type { Kernels } from '../../models/index.js';
import { deviation, mean } from '../common/statistics.js';
import type { Results, RunEpoch } from './results.js';
import type { ScoreName } from './task.js';

/** The training with one seed. */
export interface SeedRun {
  readonly seed: number;
  readonly seconds: number;
  readonly results: Results;
  /** What it was trained on, for the record; closed. */
  readonly kernels: Pick<Kernels, 'name' | 'threads'>;
}

/** Of one number, over the seeds. */
export interface Spread {
  readonly mean: number;
  /** The standard deviation; null: of one value there is none. */
  readonly deviation: number | null;
  readonly least: number;
  readonly most: number;
}

export interface SeedScore extends ScoreName, Spread {}

/** What is measured after an epoch. */
export const MEASURES = ['loss', 'validationLoss', 'accuracy', 'validationAccuracy'] as const;
export type Measure = (typeof MEASURES)[number];

/** The learning curve of a model: each measure, epoch by epoch. */
export interface SeedCurve {
  /** The model or the split; empty: a program's only one. */
  readonly name: string;
  readonly epochs: readonly ({ readonly epoch: number } & Partial<Record<Measure, Spread>>)[];
}

export function spreadOf(values: readonly number[]): Spread {
  return {
    mean: mean(values),
    deviation: values.length > 1 ? deviation(values) : null,
    least: Math.min(...values),
    most: Math.max(...values),
  };
}

/** The scores that every run has. */
export function scoresOf(names: readonly ScoreName[], runs: readonly SeedRun[]): SeedScore[] {
  return names.flatMap((name) => {
    const values = runs.map(({ results }) => results.final[name.key]);
    return values.every(isNumber) ? [{ ...name, ...spreadOf(values) }] : [];
  });
}

export function curvesOf(runs: readonly SeedRun[]): SeedCurve[] {
  const curveOf = ({ model, split }: RunEpoch) => model ?? split ?? '';
  const all = runs.flatMap(({ results }) => results.epochs);
  return [...new Set(all.map(curveOf))].map((name) => {
    const points = all.filter((one) => curveOf(one) === name);
    const epochs = [...new Set(points.map(({ epoch }) => epoch))].map((epoch) => {
      const those = points.filter((one) => one.epoch === epoch);
      const measured = MEASURES.flatMap((measure) => {
        const values = those.map((one) => one[measure]);
        return values.every(isNumber) ? [[measure, spreadOf(values)] as const] : [];
      });
      return { epoch, ...(Object.fromEntries(measured) as Partial<Record<Measure, Spread>>) };
    });
    return { name, epochs };
  });
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
