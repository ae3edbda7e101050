/** What the page and the worker of a competitor say to each other. */
import type { CompetitorId } from './competitors.js';

/** Losses that are compared before anything is timed: before the first step, the second and the third. */
export const LOSSES = 3;

export type ToWorker =
  | { readonly type: 'enter'; readonly id: CompetitorId; readonly step: string; readonly cores: number }
  /** Trains for so long, and answers with samples. */
  | { readonly type: 'turn'; readonly seconds: number };

/** What a competitor runs on, by name: versions, builds, devices. */
export type About = Readonly<Record<string, string | number>>;

export type FromWorker =
  /** It has what it needs; its first losses follow. */
  | { readonly type: 'ready'; readonly threads: number; readonly about: About }
  | { readonly type: 'loss'; readonly loss: number; readonly seconds: number }
  /** Seconds per step. */
  | { readonly type: 'samples'; readonly samples: readonly number[] }
  /** It cannot compete here, or can no longer. */
  | { readonly type: 'failed'; readonly reason: string };

/** What can train the batch of a step again and again. */
export interface Contestant {
  readonly threads: number;
  readonly about: About;
  /** Returns the loss before the step. */
  readonly run: () => number | Promise<number>;
}
