/** A contest: competitors that do the same work, timed against each other and printed as a table. */
import { race, type Competitor, type RaceOptions, type Timing } from './race.js';
import { digits, printTable } from './table.js';

export interface Contest {
  readonly title: string;
  /** What has been shown beforehand, and what has to be known: lines under the title. */
  readonly notes?: readonly string[];
  /** The first is ours, with which the others are compared. */
  readonly competitors: readonly Competitor[];
  /** Who does not compete, and why. */
  readonly absent?: readonly Absent[];
  /** Floating-point operations of one run, where GFLOP/s are of interest. */
  readonly flops?: number;
}

export interface Absent {
  readonly id: string;
  readonly name: string;
  readonly reason: string;
}

export interface ContestResult {
  readonly title: string;
  readonly notes: readonly string[];
  readonly competitors: readonly (Timing & { id: string; name: string; gflops?: number })[];
  readonly absent: readonly Absent[];
}

export async function hold(contest: Contest, options: RaceOptions): Promise<ContestResult> {
  const { title, notes = [], competitors, absent = [], flops } = contest;
  const timings = await race(competitors, options);
  const results = competitors.map(({ id, name }, n) => {
    const timing = timings[n]!;
    return { id, name, ...timing, ...(flops && { gflops: flops / timing.median / 1e6 }) };
  });

  const first = results[0]!.median;
  const peak = results.find(({ id }) => id === 'peak')?.gflops;
  printTable(
    [title, ...notes].join('\n'),
    [
      '',
      'ms',
      'half of them',
      'samples',
      ...(flops ? ['GFLOP/s'] : []),
      ...(peak ? ['of peak'] : []),
      'ours is faster by',
    ],
    results.map(({ name, median, lower, upper, samples, gflops = 0 }, n) => [
      name,
      digits(median),
      `${digits(lower)} to ${digits(upper)}`,
      `${samples}`,
      ...(flops ? [digits(gflops)] : []),
      ...(peak ? [`${digits((100 * gflops) / peak)}%`] : []),
      n === 0 ? '' : `${digits(median / first)}x`,
    ]),
  );
  for (const { name, reason } of absent) console.log(`  ${name}: ${reason}`);
  return { title, notes, competitors: results, absent };
}
