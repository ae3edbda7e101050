/** Times competitors that do the same work against each other, and prints a table. */
import { measure, type Competitor } from './measure.js';
import { digits, printTable } from './table.js';
import type { MeasureOptions, Timing } from './turns.js';

export interface Comparison {
  /** Its key in the JSON file, if any. */
  readonly id?: string;
  readonly title: string;
  /** Lines under the title: what was verified beforehand, and what to know. */
  readonly notes?: readonly string[];
  /** Ours on one thread comes first. */
  readonly competitors: readonly Competitor[];
  /** Competitors that are left out, and why. */
  readonly absent?: readonly Absent[];
  /** Floating-point operations per run, to report GFLOP/s. */
  readonly flops?: number;
  /** If all competitors are ours: the header of the last column, the speedup over the first. */
  readonly gain?: string;
}

export interface Absent {
  readonly id: string;
  readonly name: string;
  readonly reason: string;
}

export interface Result extends Timing {
  readonly id: string;
  readonly name: string;
  readonly threads?: number;
  /** Timed over a single step, the first. */
  readonly once?: true;
  readonly gflops?: number;
}

export interface ComparisonResult {
  readonly id?: string;
  readonly title: string;
  readonly notes: readonly string[];
  readonly competitors: readonly Result[];
  readonly absent: readonly Absent[];
}

/** A peak is a bound, not a competitor. */
const isPeak = ({ id }: Result) => id.startsWith('peak');

export async function runComparison(
  comparison: Comparison,
  options: MeasureOptions,
): Promise<ComparisonResult> {
  const { id, title, notes = [], competitors, absent = [], flops, gain } = comparison;
  const timings = await measure(competitors, options);
  const results = competitors.map((competitor, n): Result => {
    const timing = timings[n]!;
    return {
      id: competitor.id,
      name: competitor.name,
      ...(competitor.threads && { threads: competitor.threads }),
      ...('once' in competitor && { once: true }),
      ...timing,
      ...(flops && { gflops: flops / timing.median / 1e6 }),
    };
  });

  // The others are compared with the faster of ours.
  const [first] = results;
  const all = results.find((result) => result.id === 'oursAll');
  const best = all && all.median < first!.median ? all : first!;
  const ratio = (result: Result) => {
    if (result === best || isPeak(result)) return '';
    return `${digits(gain ? first!.median / result.median : result.median / best.median)}x`;
  };
  // The widest comes last.
  const peak = results.filter(isPeak).at(-1)?.gflops;
  printTable(
    [title, ...notes].join('\n'),
    [
      '',
      'ms',
      'middle half',
      'samples',
      ...(flops ? ['GFLOP/s'] : []),
      ...(peak ? ['of peak'] : []),
      gain ?? 'ours is faster by',
    ],
    results.map((result) => [
      result.name,
      digits(result.median),
      `${digits(result.lower)} to ${digits(result.upper)}`,
      `${result.samples}`,
      ...(flops ? [digits(result.gflops!)] : []),
      ...(peak ? [`${digits((100 * result.gflops!) / peak)}%`] : []),
      ratio(result),
    ]),
  );
  if (all) console.log(`  Compared with the faster of ours: ${best.name}.`);
  for (const { name, reason } of absent) console.log(`  ${name}: ${reason}`);
  return { ...(id && { id }), title, notes, competitors: results, absent };
}
