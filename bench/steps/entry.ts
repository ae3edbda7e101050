/** Entering a comparison of training steps: a competitor is built, and shows that it computes what the others compute. */
import type { Absent } from '../comparison.js';
import type { Competitor, Runner } from '../measure.js';
import type { Task } from './task.js';

export interface Candidate {
  readonly id: string;
  readonly name: string;
  readonly threads: number;
  /** @throws Error where the competitor cannot take this step */
  readonly enter: (task: Task) => Promise<Entry>;
}

export interface Entry {
  readonly competitor: Competitor;
  /** Before the first step, before the second: as many as are comparable. */
  readonly losses: readonly number[];
}

/** Who needs longer for the first step, in seconds, is timed over this one alone. */
const SLOW_STEP_SECONDS = 20;

/** How far losses may be apart, relative to their size. */
const TOLERANCE = 1e-4;

/** Trains on the same batch again, and returns the loss before the step. */
export interface TrainingRunner extends Runner {
  readonly run: () => number | Promise<number>;
}

/** Takes two steps: the second loss is that of the weights which the first step has made. */
export async function prepareRunner(runner: TrainingRunner): Promise<Entry> {
  await runner.prepare?.();
  const start = performance.now();
  const first = await runner.run();
  const seconds = (performance.now() - start) / 1000;
  if (seconds < SLOW_STEP_SECONDS) return { competitor: runner, losses: [first, await runner.run()] };
  const name = `${runner.name}, one step only`;
  return { competitor: { ...runner, name, once: seconds }, losses: [first] };
}

export interface Entries {
  readonly competitors: readonly Competitor[];
  readonly absent: readonly Absent[];
  /** What was shown. */
  readonly note: string;
}

/**
 * Lets all enter that can.
 * @throws Error when a loss differs from that of the first
 */
export async function prepareAll(
  task: Task,
  candidates: readonly Candidate[],
  slow: boolean,
): Promise<Entries> {
  const competitors: Competitor[] = [];
  const absent: Absent[] = [];
  let expected: readonly number[] = [];
  /** By how many losses are compared. */
  const compared: string[][] = [[], [], []];

  for (const { id, name, threads, enter } of candidates) {
    const reason = slow ? undefined : task.spec.slow?.[id];
    if (reason) {
      absent.push({ id, name, reason });
      continue;
    }
    let entry: Entry;
    try {
      entry = await enter(task);
    } catch (error) {
      // Without ours there is nothing to compare.
      if (competitors.length === 0) throw error;
      absent.push({ id, name, reason: `throws: ${(error as Error).message}` });
      continue;
    }
    if (competitors.length === 0) expected = entry.losses;
    requireEqual(entry, expected);
    compared[entry.losses.length]!.push(name);
    competitors.push({ ...entry.competitor, threads });
  }

  const [before, after] = expected.map((loss) => loss.toFixed(4));
  const [none, first] = compared.map((names) => names.join('; '));
  const note =
    `All start from the same weights and have the same loss before a step, ${before}, and after it, ${after}.` +
    (first ? ` (Before it alone: ${first}.)` : '') +
    (none ? ` (Not compared: ${none}.)` : '');
  return { competitors, absent, note };
}

function requireEqual({ competitor, losses }: Entry, expected: readonly number[]): void {
  for (const [n, loss] of losses.entries()) {
    if (Math.abs(loss - expected[n]!) <= TOLERANCE * Math.abs(expected[n]!)) continue;
    throw new Error(`${competitor.name}: the loss after ${n} steps is ${loss}; ours is ${expected[n]}`);
  }
}
