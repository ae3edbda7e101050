/** A contest: competitors that do the same work, timed against each other and printed as a table. */
import { race, type Competitor, type RaceOptions, type Timing } from './race.js';
import { digits, printTable } from './table.js';

export interface Contest {
  readonly title: string;
  /** What has been shown beforehand. */
  readonly note?: string;
  /** The first is ours, with which the others are compared. */
  readonly competitors: readonly Competitor[];
  /** Floating-point operations of one run, where GFLOP/s are of interest. */
  readonly flops?: number;
}

export interface ContestResult {
  readonly title: string;
  readonly competitors: readonly (Timing & { id: string; name: string; gflops?: number })[];
}

export async function hold(
  { title, note, competitors, flops }: Contest,
  options: RaceOptions,
): Promise<ContestResult> {
  const timings = await race(competitors, options);
  const results = competitors.map(({ id, name }, n) => {
    const timing = timings[n]!;
    return { id, name, ...timing, ...(flops && { gflops: flops / timing.median / 1e6 }) };
  });

  const first = results[0]!.median;
  printTable(
    note ? `${title}\n${note}` : title,
    ['', 'ms', 'half of them', 'samples', ...(flops ? ['GFLOP/s'] : []), 'ours is faster by'],
    results.map(({ name, median, lower, upper, samples, gflops }, n) => [
      name,
      digits(median),
      `${digits(lower)} to ${digits(upper)}`,
      `${samples}`,
      ...(gflops ? [digits(gflops)] : []),
      n === 0 ? '' : `${digits(median / first)}x`,
    ]),
  );
  return { title, competitors: results };
}
