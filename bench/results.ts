/** The output of `--json FILE`: medians by name, and all timings behind them. */
import type { ComparisonResult, Result } from './comparison.js';
import type { Machine } from './machine.js';
import type { ScalingRow } from './scaling.js';

/** The ids of the competitors behind each entry of a row. */
const CANDIDATES = {
  ours1: ['ours1'],
  oursAll: ['oursAll'],
  ours: ['ours1', 'oursAll'],
  tfjsCpu: ['tfjsCpu'],
  tfjsWasm: ['tfjsWasm'],
  pytorch: ['pytorch1', 'pytorchAll'],
  pytorch1: ['pytorch1'],
  keras: ['keras1', 'kerasAll'],
  keras1: ['keras1'],
  onnxruntime: ['onnxruntime1', 'onnxruntimeAll'],
  onnxruntime1: ['onnxruntime1'],
} satisfies Record<string, readonly string[]>;

/** `ours1` is ours on one thread, `oursAll` on all, `ours` on the faster of both; the others alike. */
export type Entry = keyof typeof CANDIDATES;

/** Milliseconds of a training step or forward pass; null if not timed. */
export type Row = Readonly<Record<Entry, number | null>>;

/** GFLOP/s: ours on one thread, and by id of all others, the peaks timed in the same turns among them. */
export interface MatmulRow {
  readonly shape: string;
  readonly gflops: number;
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
  /** The name of our kernels. */
  readonly kernels: string;
  readonly matmul: readonly MatmulRow[];
  /** Training steps. */
  readonly steps: Readonly<Record<string, Row>>;
  /** Forward passes. */
  readonly forward: Readonly<Record<string, Row>>;
  /** Ours on 1, 2, 4 threads. */
  readonly threads: Readonly<Record<string, ScalingRow>>;
  readonly generateCharsPerSecond: number | null;
  /** All timings, in order, and the competitors left out. */
  readonly comparisons: readonly ComparisonResult[];
}

export function matmulRow(shape: string, { competitors }: ComparisonResult): MatmulRow {
  const [ours, ...others] = competitors;
  const byId = Object.fromEntries(others.map(({ id, gflops }) => [id, gflops!]));
  return { shape, gflops: ours!.gflops!, ...byId };
}

/** The fastest competitor behind an entry of the row. */
export const fastest = ({ competitors }: ComparisonResult, entry: Entry): Result | undefined =>
  competitors
    .filter(({ id }) => (CANDIDATES[entry] as readonly string[]).includes(id))
    .sort((a, b) => a.median - b.median)[0];

export function rowOf(comparison: ComparisonResult): Row {
  const entries = Object.keys(CANDIDATES) as Entry[];
  return Object.fromEntries(
    entries.map((entry) => [entry, fastest(comparison, entry)?.median ?? null]),
  ) as Row;
}
