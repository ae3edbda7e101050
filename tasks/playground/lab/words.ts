/** What the lab's charts show, in words. */
import { superscript } from '../words.js';

/** Batches differ: a network has learned when the mean of so many is below the baseline, by so much. */
const SPAN = 20;
const BELOW = 0.8;

/** How far a network has come. */
export interface Learning {
  /** The mean loss of the last batches; NaN before the first. */
  readonly now: number;
  /** The first batch from which on it was below the baseline; null: it is not. */
  readonly since: number | null;
  readonly batches: number;
}

export const UNTRAINED: Learning = { now: NaN, since: null, batches: 0 };

/** @returns a function that takes the loss of each batch, and returns how far the network has come */
export function followLearning(baseline: number): (step: number, loss: number) => Learning {
  const last: number[] = [];
  let since: number | null = null;
  return (step, loss) => {
    last.push(loss);
    if (last.length > SPAN) last.shift();
    const now = last.reduce((a, b) => a + b, 0) / last.length;
    const isBelow = last.length === SPAN && now < BELOW * baseline;
    since = isBelow ? (since ?? step) : null;
    return { now, since, batches: step };
  };
}

/** `The LSTM is below the baseline since batch 412: its error is 0.021.` */
export function learningSentence(name: string, { now, since, batches }: Learning, baseline: number): string {
  if (batches === 0) return `The ${name} has not been trained.`;
  const error = amount(now);
  if (since !== null)
    return `The ${name} is below the baseline since batch ${count(since)}: its error is ${error}.`;
  const than = now > 1.2 * baseline ? 'errs more than' : 'errs as much as';
  return `The ${name} has learned nothing yet: its error is ${error}, it ${than} always answering 1.`;
}

/** How much of a gradient arrives far away, of what there is one step away. */
export function flowSentence(name: string, shares: readonly number[], far: number): string {
  const share = shares[far]!;
  return `${name} ${factor(share)}, ${verdict(share)}`;
}

function verdict(share: number): string {
  if (share > 10) return 'exploding';
  if (share < 1e-4) return 'vanished';
  return share < 0.05 ? 'fading' : 'arriving';
}

export function factor(share: number): string {
  if (share >= 0.01 && share < 1000) return String(Number(share.toPrecision(2)));
  const power = Math.floor(Math.log10(share));
  return Number.isFinite(power) ? `${(share / 10 ** power).toFixed(1)}·10${superscript(power)}` : '0';
}

/** Three decimals, or two digits of a small number. */
export const amount = (loss: number) => (loss < 0.01 ? loss.toPrecision(2) : loss.toFixed(3));

export const count = (n: number) => n.toLocaleString('en');
