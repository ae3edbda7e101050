/** What `--json FILE` writes: the medians by name, and all timings behind them. */
import type { ContestResult } from './contest.js';
import type { Machine } from './machine.js';

export interface Results {
  readonly date: string;
  readonly machine: Machine;
  readonly versions: Readonly<Record<string, string>>;
  /** GFLOP/s for each shape MxNxK: `gflops` ours, beside it the others by their ids. */
  readonly matmul: readonly Readonly<Record<string, number | string>>[];
  /** Milliseconds of one training step: `ours`, and the others by their ids. */
  readonly steps: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly contests: readonly ContestResult[];
}

export function matmulRow(shape: string, { competitors }: ContestResult): Record<string, number | string> {
  const others = competitors.slice(1).map(({ id, gflops }) => [id, gflops!]);
  return {
    shape,
    gflops: competitors[0]!.gflops!,
    ...(Object.fromEntries(others) as Record<string, number>),
  };
}

export function stepRow({ competitors }: ContestResult): Record<string, number> {
  return Object.fromEntries(competitors.map(({ id, median }) => [id, median]));
}
