/** Takes turns with Benchmark.js, which would by itself finish each benchmark before the next begins. */
import Benchmark from 'benchmark';
import { takeTurns, type MeasureOptions, type Timing, type TurnTaker } from './turns.js';

/** A function, timed by Benchmark.js. */
export interface Runner extends Omit<TurnTaker, 'takeTurn'> {
  /** Called before each turn, untimed. */
  readonly prepare?: () => Promise<unknown>;
  /** The timed function. */
  readonly run: () => unknown;
  /** Whether `run` returns a promise that is fulfilled at the end of the run. */
  readonly asynchronous?: boolean;
  /** How many times `run` does the work; timings are divided by it. Default 1. */
  readonly repeats?: number;
}

export type Competitor = Runner | TurnTaker;

/** Times all competitors in turns. */
export const measure = (competitors: readonly Competitor[], options: MeasureOptions): Promise<Timing[]> =>
  takeTurns(
    competitors.map((one) => ('takeTurn' in one ? one : { ...one, takeTurn: turnOf(one) })),
    options,
  );

const turnOf = (runner: Runner) => async (seconds: number) => {
  await runner.prepare?.();
  return sample(runner, seconds);
};

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
