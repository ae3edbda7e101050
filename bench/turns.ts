/**
 * Turns: the competitors take short ones, round after round, and all samples count. If each ran to its end
 * before the next began, a machine that slows down would favour the first.
 */

interface Named {
  /** The key of its results in the JSON file. */
  readonly id: string;
  readonly name: string;
  /** How many threads it uses, if that matters. */
  readonly threads?: number;
}

/** What takes turns, and times itself: an external program, a worker of a page. */
export interface TurnTaker extends Named {
  /** Runs for `seconds` and returns samples: seconds per run, each a mean over an eighth of the time. */
  readonly takeTurn: (seconds: number) => Promise<number[]>;
  /** Seconds of a single run, timed before the comparison, of a competitor too slow to take turns. */
  readonly once?: number;
}

/** Milliseconds per run. */
export interface Timing {
  readonly median: number;
  /** Quartiles: half of the samples are between them. */
  readonly lower: number;
  readonly upper: number;
  readonly samples: number;
}

export interface MeasureOptions {
  /** Turns per competitor. */
  rounds: number;
  /** Length of a turn in seconds; at least one run. Much slower competitors get fewer turns. */
  seconds: number;
}

/**
 * Times all competitors. The first turn is a warm-up and does not count, unless it is the only one.
 * @param watch is told after each round, of which the warm-up is number 0, what the timings are so far
 */
export async function takeTurns(
  competitors: readonly TurnTaker[],
  { rounds, seconds }: MeasureOptions,
  watch: (round: number, timings: Timing[]) => void = () => {},
): Promise<Timing[]> {
  const entries = competitors.map((competitor) => ({ competitor, turns: [] as number[][], used: 0 }));
  const timings = () => entries.map(({ turns }) => summarize(turns.slice(turns.length > 1 ? 1 : 0).flat()));
  for (let round = 0; round <= rounds; round++) {
    for (const entry of entries) {
      const { once } = entry.competitor;
      if (entry.used > 3 * rounds * seconds) continue;
      if (round > 0 && once) continue;
      const start = performance.now();
      entry.turns.push(once ? [once] : await entry.competitor.takeTurn(seconds));
      entry.used += (performance.now() - start) / 1000;
    }
    watch(round, timings());
  }
  return timings();
}

function summarize(seconds: number[]): Timing {
  const ordered = Float64Array.from(seconds).sort();
  const quantile = (q: number) => {
    const place = q * (ordered.length - 1);
    const below = ordered[Math.floor(place)]!;
    return 1000 * (below + (ordered[Math.ceil(place)]! - below) * (place % 1));
  };
  return { median: quantile(0.5), lower: quantile(0.25), upper: quantile(0.75), samples: ordered.length };
}
