/** What `Copy JSON` copies. */
import { TOLERANCE } from '../steps/losses.js';
import type { About } from './protocol.js';
import type { Settings } from './settings.js';
import { BROWSER_STEPS } from './steps.js';
import { TURN, type Row } from './match.js';

/** The browser and the page, as far as a page knows them. */
export interface Surrounding {
  readonly userAgent: string;
  readonly cores: number;
  readonly isIsolated: boolean;
}

export interface BrowserResults {
  readonly date: string;
  readonly step: string;
  readonly title: string;
  /** Turns per competitor, and the seconds of each. */
  readonly rounds: number;
  readonly turn: number;
  /** The largest relative difference of losses that counts as equal. */
  readonly tolerance: number;
  readonly browser: Surrounding;
  /** What disturbed the measurement, in sentences. */
  readonly remarks: readonly string[];
  readonly competitors: readonly BrowserResult[];
}

/** Of a competitor. Times in milliseconds per step. */
export interface BrowserResult {
  readonly id: string;
  readonly name: string;
  readonly threads?: number;
  readonly about?: About;
  readonly losses: readonly number[];
  readonly difference: number | null;
  readonly median: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly samples: number;
  /** Timed over a single step, the first. */
  readonly once?: true;
  /** Why it was not timed. */
  readonly reason?: string;
}

export const resultsOf = (
  { step, rounds }: Settings,
  rows: readonly Row[],
  browser: Surrounding,
  remarks: readonly string[],
): BrowserResults => ({
  date: new Date().toISOString(),
  step,
  title: BROWSER_STEPS.find(({ id }) => id === step)!.title,
  ...{ rounds, turn: TURN, tolerance: TOLERANCE, browser, remarks },
  competitors: rows.map(resultOf),
});

const resultOf = ({
  id,
  name,
  threads,
  about,
  losses,
  difference,
  once,
  timing,
  reason,
}: Row): BrowserResult => ({
  ...{ id, name },
  ...(threads && { threads }),
  ...(about && { about }),
  losses: losses ?? [],
  difference: difference ?? null,
  ...{ median: timing?.median ?? null, lower: timing?.lower ?? null, upper: timing?.upper ?? null },
  samples: timing?.samples ?? 0,
  ...(once && { once: true }),
  ...(reason && { reason }),
});
