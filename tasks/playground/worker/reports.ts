/** What is reported while it trains: each kind of message at its own pace, which the page can follow. */
import type { Point } from '../protocol.js';
import type { StepResult } from './session.js';

/** Milliseconds between two messages of a kind. */
const PACE = { progress: 60, look: 150, reach: 1000, write: 1000 };
/** It writes after a multiple of so many batches. */
const WRITE_STEPS = 50;
/** Training has diverged when the loss of so many batches in a row is this many times that of guessing. */
const PATIENCE = 20;
const HOPELESS = 1.5;

/** Since the last message. */
export interface Progress extends StepResult {
  readonly losses: readonly Point[];
  readonly charactersPerSecond: number;
}

export interface Report {
  /** Null: not yet due. */
  readonly progress: Progress | null;
  readonly look: boolean;
  readonly reach: boolean;
  readonly write: boolean;
  /** Why training must end, as a sentence; null: it goes on. */
  readonly diverged: string | null;
}

/**
 * @param characters the size of the vocabulary
 * @param batch      characters that a batch predicts
 * @returns a function that says what is due after a batch; `isLast` makes all of it due
 */
export function createReports(characters: number, batch: number) {
  const guessing = Math.log2(characters);
  const start = performance.now();
  const last = { progress: -Infinity, look: start, reach: start, write: -Infinity };
  let losses: Point[] = [];
  let [count, high] = [0, 0];
  return (result: StepResult, isLast: boolean): Report => {
    const now = performance.now();
    const isDue = (kind: keyof typeof PACE) => {
      if (!isLast && now - last[kind] < PACE[kind]) return false;
      last[kind] = now;
      return true;
    };
    count++;
    losses.push([result.step, result.bits]);
    high = result.bits > HOPELESS * guessing ? high + 1 : 0;
    let progress: Progress | null = null;
    if (isDue('progress')) {
      const charactersPerSecond = (count * batch * 1000) / Math.max(1, now - start);
      progress = { ...result, losses, charactersPerSecond };
      losses = [];
    }
    const diverged = high < PATIENCE ? null : whyDiverged(guessing);
    const write = result.step % WRITE_STEPS === 0 && isDue('write');
    return { progress, look: isDue('look'), reach: isDue('reach'), write, diverged };
  };
}

const whyDiverged = (guessing: number) =>
  `Training has diverged: for ${PATIENCE} batches the loss was above ${(HOPELESS * guessing).toFixed(1)} bits, ` +
  `and guessing gives ${guessing.toFixed(1)}. The steps are too long.`;
