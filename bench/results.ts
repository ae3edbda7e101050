/** What `--json FILE` writes: the medians by name, and all timings behind them. */
import type { ContestResult } from './contest.js';
import type { Machine } from './machine.js';

/** Milliseconds of one training step; null where it was not or could not be taken. */
export interface StepRow {
  /** Ours on one thread, and on as many as are best. */
  readonly ours1: number | null;
  readonly ours: number | null;
  readonly tfjsCpu: number | null;
  readonly tfjsWasm: number | null;
  /** The better of one thread and all. */
  readonly pytorch: number | null;
  readonly keras: number | null;
  /** Theirs on one thread. */
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
  readonly machine: Machine;
  readonly versions: Readonly<Record<string, string>>;
  readonly peakGflops: number | null;
  readonly matmul: readonly MatmulRow[];
  readonly steps: Readonly<Record<string, StepRow>>;
  readonly generateCharsPerSecond: number | null;
  /** Everything that was timed, in order, and who did not compete. */
  readonly contests: readonly ContestResult[];
}

export function matmulRow(shape: string, { competitors }: ContestResult): MatmulRow {
  const [ours, ...others] = competitors;
  const byId = Object.fromEntries(others.map(({ id, gflops }) => [id, gflops!]));
  return { shape, gflops: ours!.gflops!, ofPeak: ours!.gflops! / byId.peak!, ...byId };
}

/** The median of the peaks of all matrix products. */
export function peakGflops(rows: readonly MatmulRow[]): number | null {
  const peaks = rows.map(({ peak }) => peak as number).sort((a, b) => a - b);
  return peaks[peaks.length >> 1] ?? null;
}

export function stepRow({ competitors }: ContestResult): StepRow {
  const best = (...ids: string[]) => {
    const medians = competitors.filter(({ id }) => ids.includes(id)).map(({ median }) => median);
    return medians.length ? Math.min(...medians) : null;
  };
  return {
    ours1: best('ours1'),
    ours: best('ours1', 'oursAll'),
    tfjsCpu: best('tfjsCpu'),
    tfjsWasm: best('tfjsWasm'),
    pytorch: best('pytorch1', 'pytorchAll'),
    keras: best('keras1', 'kerasAll'),
    pytorch1: best('pytorch1'),
    keras1: best('keras1'),
  };
}
