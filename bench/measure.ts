/**
 * Times competitors against each other with Benchmark.js.
 *
 * Benchmark.js finishes each benchmark before the next begins, so a machine that slows down would favour the
 * first. Here the competitors take short turns, round after round, and all samples count.
 */
import Benchmark from 'benchmark';

interface Named {
  /** The key of its results in the JSON file. */
  readonly id: string;
  readonly name: string;
  /** How many threads it uses, if that matters. */
  readonly threads?: number;
}

/** A function, timed by Benchmark.js. */
export interface Runner extends Named {
  /** Called before each turn, untimed. */
  readonly prepare?: () => Promise<unknown>;
  /** The timed function. */
  readonly run: () => unknown;
  /** Whether `run` returns a promise that is fulfilled at the end of the run. */
  readonly asynchronous?: boolean;
  /** How many times `run` does the work; timings are divided by it. Default 1. */
  readonly repeats?: number;
  /** Seconds of a single run, timed before the comparison, of a competitor too slow to take turns. */
  readonly once?: number;
}

/** An external program that times itself. */
export interface ExternalRunner extends Named {
  /** Runs for `seconds` and returns samples: seconds per run, each a mean over an eighth of the time. */
  readonly takeTurn: (seconds: number) => Promise<number[]>;
}

export type Competitor = Runner | ExternalRunner;

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

/** Times all competitors. The first turn is a warm-up and does not count, unless it is the only one. */
export async function measure(
  competitors: readonly Competitor[],
  options: MeasureOptions,
): Promise<Timing[]> {
  const { rounds, seconds } = options;
  const entries = competitors.map((competitor) => ({ competitor, turns: [] as number[][], used: 0 }));
  for (let round = 0; round <= rounds; round++) {
    for (const entry of entries) {
      if (entry.used > 3 * rounds * seconds) continue;
      if (round > 0 && 'once' in entry.competitor) continue;
      const start = performance.now();
      entry.turns.push(await takeTurn(entry.competitor, seconds));
      entry.used += (performance.now() - start) / 1000;
    }
  }
  return entries.map(({ turns }) => summarize(turns.slice(turns.length > 1 ? 1 : 0).flat()));
}

/** Samples of one turn, in seconds per run. */
async function takeTurn(competitor: Competitor, seconds: number): Promise<number[]> {
  if ('takeTurn' in competitor) return competitor.takeTurn(seconds);
  if (competitor.once) return [competitor.once];
  await competitor.prepare?.();
  return sample(competitor, seconds);
}

function sample({ run, asynchronous = false, repeats = 1 }: Runner, seconds: number): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const benchmark: Benchmark = new Benchmark({
      fn: asynchronous ? deferred(run, reject) : run,
      defer: asynchronous,
      minTime: seconds / 8,
      maxTime: seconds,
      minSamples: 1,
      onComplete: () =>
        benchmark.error
          ? reject(benchmark.error)
          : resolve(benchmark.stats.sample.map((seconds) => seconds / repeats)),
    });
    benchmark.run({ async: true });
  });
}

/** Adapts an asynchronous function to Benchmark.js, which must be notified of its end. */
function deferred(run: () => unknown, reject: (reason: unknown) => void) {
  return (deferral: { resolve(): void }) => {
    void (run() as Promise<unknown>).then(() => deferral.resolve(), reject);
  };
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
