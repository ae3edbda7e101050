import { readOptions, requireWhole, show } from '../checks.js';
import { requireLearningRate, valueAt, type Rate, type Schedule } from './schedule.js';

/** Options of a piecewise schedule. */
export interface PiecewiseOptions {
  /** The rates, one after the other: numbers, or schedules, each of which begins with its step 1. */
  rates: readonly Rate[];
  /** After how many steps each rate but the last ends; rising. */
  milestones: readonly number[];
}

/**
 * One rate after the other. (Keras: PiecewiseConstantDecay, whose boundaries are milestones - 1; PyTorch:
 * MultiStepLR and SequentialLR, with the same milestones; tfjs has none.)
 * @throws RangeError unless there is one milestone less than rates, each a whole number above the one before
 */
export function piecewise(options: PiecewiseOptions): Schedule {
  const { rates, milestones } = readOptions('piecewise', options, {}, ['rates', 'milestones']);
  requirePieces(rates, milestones);
  const [ends, pieces] = [[...milestones], [...rates]];
  return (step) => {
    const n = ends.filter((end) => step > end).length;
    const before = n === 0 ? 0 : ends[n - 1]!;
    return valueAt(pieces[n]!, step - before);
  };
}

function requirePieces(rates: readonly unknown[], milestones: readonly number[]): void {
  requireList('piecewise: rates', rates);
  requireList('piecewise: milestones', milestones);
  rates.forEach((rate, n) => requireLearningRate(`piecewise: rates[${n}]`, rate));
  milestones.forEach((milestone, n) =>
    requireWhole(`piecewise: milestones[${n}]`, milestone, 1 + (milestones[n - 1] ?? 0)),
  );
  if (rates.length === milestones.length + 1) return;
  const [count, needed] = [rates.length, rates.length - 1];
  throw new RangeError(`piecewise: ${count} rates need ${needed} milestones, not ${milestones.length}`);
}

function requireList(name: string, value: unknown): void {
  if (!Array.isArray(value)) throw new TypeError(`${name} must be an array, not ${show(value)}`);
}
