/** The output of `--json FILE`: medians by name, and all timings behind them. */
import type { ComparisonResult, Result } from './comparison.js';
import type { Machine } from './machine.js';
import type { ScalingRow } from './scaling.js';

/** Milliseconds of one training step; null if not timed. */
export interface StepRow {
  /** Ours on one thread, and on the faster of one thread and all. */
  readonly ours1: number | null;
  readonly ours: number | null;
  readonly tfjsCpu: number | null;
  readonly tfjsWasm: number | null;
  /** The faster of one thread and all. */
  readonly pytorch: number | null;
  readonly keras: number | null;
  /** On one thread. */
  readonly pytorch1: number | null;
  readonly keras1: number | null;
}

export interface MatmulRow {
  readonly shape: string;
  readonly gflops: number;
  /** Share of the FMA peak timed in the same turns, 0 to 1. */
  readonly ofPeak: number;
  readonly [id: string]: number | string;
}

export interface Results {
  readonly date: string;
  /** The command line. */
  readonly command: string;
  /** Turns per competitor. */
  readonly rounds: number;
  readonly machine: Machine;
  readonly versions: Readonly<Record<string, string>>;
  readonly peakGflops: number | null;
  readonly matmul: readonly MatmulRow[];
  readonly steps: Readonly<Record<string, StepRow>>;
  /** Ours on 1, 2, 4 threads. */
  readonly threads: Readonly<Record<string, ScalingRow>>;
  readonly generateCharsPerSecond: number | null;
  /** All timings, in order, and the competitors left out. */
  readonly comparisons: readonly ComparisonResult[];
}

export function matmulRow(shape: string, { competitors }: ComparisonResult): MatmulRow {
  const [ours, ...others] = competitors;
  const byId = Object.fromEntries(others.map(({ id, gflops }) => [id, gflops!]));
  return { shape, gflops: ours!.gflops!, ofPeak: ours!.gflops! / byId.peak!, ...byId };
}

/** The median of the peaks of all matrix products. */
export function peakGflops(rows: readonly MatmulRow[]): number | null {
  const peaks = rows.map(({ peak }) => peak as number).sort((a, b) => a - b);
  return peaks[peaks.length >> 1] ?? null;
}

/** The ids of the competitors behind each entry. */
const CANDIDATES: Record<keyof StepRow, readonly string[]> = {
  ours1: ['ours1'],
  ours: ['ours1', 'oursAll'],
  tfjsCpu: ['tfjsCpu'],
  tfjsWasm: ['tfjsWasm'],
  pytorch: ['pytorch1', 'pytorchAll'],
  keras: ['keras1', 'kerasAll'],
  pytorch1: ['pytorch1'],
  keras1: ['keras1'],
};

/** The fastest competitor behind an entry of the row. */
export const fastest = ({ competitors }: ComparisonResult, key: keyof StepRow): Result | undefined =>
  competitors.filter(({ id }) => CANDIDATES[key].includes(id)).sort((a, b) => a.median - b.median)[0];

export function stepRow(comparison: ComparisonResult): StepRow {
  const keys = Object.keys(CANDIDATES) as (keyof StepRow)[];
  return Object.fromEntries(
    keys.map((key) => [key, fastest(comparison, key)?.median ?? null]),
  ) as unknown as StepRow;
}
