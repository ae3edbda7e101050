/** One comparison: all enter, one after another; those whose losses are equal then take turns. */
import { largestDifference, TOLERANCE } from '../steps/losses.js';
import { takeTurns, type Timing } from '../turns.js';
import { BROWSER_COMPETITORS, type BrowserCompetitor } from './competitors.js';
import { openContender, type Contender, type Entered, type Limits, type WorkerLike } from './contender.js';
import type { Settings } from './settings.js';

/** Length of a turn, in seconds. */
export const TURN = 0.4;

const LIMITS: Limits = { load: 60, steps: 30 };

/** What is known of a competitor so far. */
export interface Row extends BrowserCompetitor, Partial<Entered> {
  /** `out`: it cannot compete, or its losses differ; `reason` says why. */
  readonly state: 'waiting' | 'equal' | 'out';
  readonly reason?: string;
  /** Of its losses to those of the first, relative. */
  readonly difference?: number;
  readonly timing?: Timing;
}

export interface Progress {
  readonly rows: readonly Row[];
  /** What is being done, in words. */
  readonly line: string;
  /** 0 to 1. */
  readonly done: number;
}

export interface Surroundings {
  readonly cores: number;
  readonly open: () => WorkerLike;
  readonly watch: (progress: Progress) => void;
  /** How long it waits. Default 60 seconds for loading, 30 for the first steps. */
  readonly limits?: Limits;
  /** Length of a turn in seconds. Default 0.4. */
  readonly turn?: number;
}

const STOPPED = 'stopped';

/**
 * Starts a comparison. `ended` is fulfilled at its end, or when it was stopped: the rows hold what is known
 * by then.
 */
export function startMatch(
  settings: Settings,
  { cores, open, watch, limits = LIMITS, turn = TURN }: Surroundings,
) {
  const { step, rounds, competitors } = settings;
  let rows: readonly Row[] = BROWSER_COMPETITORS.filter(({ id }) => competitors.includes(id)).map((one) => ({
    ...one,
    state: 'waiting',
  }));
  const contenders = new Map<Row['id'], Contender>();
  let isStopped = false;
  let turns = 0;
  let line = '';
  const tell = () => {
    const entered = rows.filter(({ state }) => state !== 'waiting').length;
    const all = rows.length + rows.filter(({ state }) => state === 'equal').length * (rounds + 1);
    watch({ rows, line, done: Math.min(1, (entered + turns) / all) });
  };
  const change = (id: Row['id'], news: Partial<Row>) => {
    rows = rows.map((row) => (row.id === id ? { ...row, ...news } : row));
    tell();
  };
  const throwIfStopped = () => {
    if (isStopped) throw new Error(STOPPED);
  };
  /** What is to be done next. */
  const say = (what: string) => {
    line = what;
    tell();
    throwIfStopped();
  };

  async function enter({ id, name }: Row): Promise<void> {
    say(`${name}: its first losses`);
    const contender = openContender(open(), limits);
    contenders.set(id, contender);
    try {
      const entered = await contender.enter({ type: 'enter', id, step, cores });
      const difference = largestDifference(entered.losses, rows[0]!.losses ?? entered.losses);
      // Not >: a loss may be NaN.
      const isEqual = difference <= TOLERANCE;
      if (!isEqual) contender.close('it is not timed');
      change(id, {
        ...entered,
        difference,
        ...(isEqual ? { state: 'equal' } : { state: 'out', reason: 'its losses differ, so it is not timed' }),
      });
    } catch (error) {
      throwIfStopped();
      change(id, { state: 'out', reason: (error as Error).message });
    }
  }

  async function time(): Promise<void> {
    const equal = rows.filter(({ state }) => state === 'equal');
    let round = 0;
    const takers = equal.map(({ id, name, once }) => ({
      ...{ id, name },
      ...(once && { once }),
      takeTurn: async (seconds: number) => {
        if (rows.find((row) => row.id === id)!.state === 'out') return [];
        say(`${round ? `round ${round} of ${rounds}` : 'warm-up'}: ${name}`);
        try {
          return await contenders.get(id)!.takeTurn(seconds);
        } catch (error) {
          throwIfStopped();
          change(id, { state: 'out', reason: (error as Error).message });
          return [];
        }
      },
    }));
    await takeTurns(takers, { rounds, seconds: turn }, (ended, timings) => {
      turns = (ended + 1) * equal.length;
      round = ended + 1;
      // After the warm-up there is nothing yet to show.
      if (ended === 0 && rounds > 0) return tell();
      timings.forEach((timing, n) => timing.samples && change(equal[n]!.id, { timing }));
    });
  }

  async function run(): Promise<void> {
    for (const row of rows) {
      await enter(row);
      // Without ours there is nothing to compare.
      if (rows[0]!.state === 'out') throw new Error(`${rows[0]!.name}: ${rows[0]!.reason}`);
    }
    await time();
  }

  const end = () => contenders.forEach((contender) => contender.close(STOPPED));
  const ended = run()
    .catch((error: Error) => {
      if (!isStopped) throw error;
    })
    .finally(end);
  return {
    ended,
    stop() {
      isStopped = true;
      end();
    },
  };
}
