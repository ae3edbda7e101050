/** Builds the competitors of a training step, and checks that all compute the same losses. */
import type { Absent } from '../comparison.js';
import type { Competitor, Runner } from '../measure.js';
import { largestDifference, TOLERANCE } from './losses.js';
import type { Task } from './task.js';

export interface Candidate {
  readonly id: string;
  readonly name: string;
  readonly threads: number;
  /** @throws Error if the competitor cannot do this step */
  readonly enter: (task: Task) => Promise<Entry>;
}

export interface Entry {
  readonly competitor: Competitor;
  /** The losses before the first and the second step, as far as they are comparable. */
  readonly losses: readonly number[];
}

/** A competitor whose first step takes longer, in seconds, is timed over this step only. */
const SLOW_STEP_SECONDS = 20;

/** `run` trains on the same batch again, and returns the loss before the step. */
export interface TrainingRunner extends Runner {
  readonly run: () => number | Promise<number>;
}

/** Runs two steps, so that the second loss checks the first step's update. */
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
  /** What the comparison of the losses showed. */
  readonly note: string;
}

/**
 * Enters all candidates that can do the step.
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
  /** Names by the number of losses that were compared. */
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
    (first ? ` (Only before it: ${first}.)` : '') +
    (none ? ` (Not compared: ${none}.)` : '');
  return { competitors, absent, note };
}

function requireEqual({ competitor, losses }: Entry, expected: readonly number[]): void {
  // Not <=: a loss may be NaN.
  if (!(largestDifference(losses, expected) <= TOLERANCE))
    throw new Error(
      `${competitor.name}: its losses are ${losses.join(', ')}; ours are ${expected.join(', ')}`,
    );
}
