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

/** Of one training, which may be paused. */
export class Reports {
  readonly #guessing: number;
  readonly #batch: number;
  #losses: Point[] = [];
  /** So many batches in a row had a hopeless loss, also with pauses between them. */
  #high = 0;
  /** Of this run. */
  #start = NaN;
  #count = 0;
  #last = { progress: NaN, look: NaN, reach: NaN, write: NaN };

  /**
   * @param characters the size of the vocabulary
   * @param batch      characters that a batch predicts
   */
  constructor(characters: number, batch: number) {
    this.#guessing = Math.log2(characters);
    this.#batch = batch;
  }

  /** It goes on training: speed is measured from here. */
  begin(): void {
    const start = (this.#start = performance.now());
    this.#count = 0;
    this.#last = { progress: -Infinity, look: start, reach: start, write: -Infinity };
  }

  /** @returns what is due after a batch; `isLast` makes all of it due */
  after(result: StepResult, isLast: boolean): Report {
    const now = performance.now();
    const isDue = (kind: keyof typeof PACE) => {
      if (!isLast && now - this.#last[kind] < PACE[kind]) return false;
      this.#last[kind] = now;
      return true;
    };
    this.#count++;
    this.#losses.push([result.step, result.bits]);
    this.#high = result.bits > HOPELESS * this.#guessing ? this.#high + 1 : 0;
    const isHopeless = this.#high >= PATIENCE;
    // Who goes on all the same, perhaps at a lower rate, has as many batches again.
    if (isHopeless) this.#high = 0;
    let progress: Progress | null = null;
    if (isHopeless || isDue('progress')) {
      const charactersPerSecond = (this.#count * this.#batch * 1000) / Math.max(1, now - this.#start);
      progress = { ...result, losses: this.#losses, charactersPerSecond };
      this.#losses = [];
    }
    const write = result.step % WRITE_STEPS === 0 && isDue('write');
    const diverged = isHopeless ? whyDiverged(this.#guessing) : null;
    return { progress, look: isDue('look'), reach: isDue('reach'), write, diverged };
  }
}

const whyDiverged = (guessing: number) =>
  `Training has diverged: for ${PATIENCE} batches the loss was above ${(HOPELESS * guessing).toFixed(1)} bits, ` +
  `and guessing gives ${guessing.toFixed(1)}. The steps are too long.`;
