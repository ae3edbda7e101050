/**
 * The check of the cells: in each configuration, compares the hand-written gradient of every tensor with
 * finite differences.
 *
 * The error of an entry is |analytic - numeric| / max(|analytic|, |numeric|, 1e-5). With the bar of 1e-7,
 * derivatives above the floor agree to 7 digits and smaller ones to 1e-12, about the limit of float64:
 * rounding changes the loss by about 1e-16, and so a difference quotient with a step of 3e-3 by about 1e-13.
 * A tensor whose derivatives were all below the floor would prove little; `largest` is reported so that the
 * tests can reject it.
 */
import {
  checkGradient,
  checkProjection,
  createRandom,
  type Cell,
  type CheckOptions,
  type GradientError,
} from '../../models/index.js';
import type { Configuration } from './configuration.js';
import { BAR, isWorse, type Measured } from './measured.js';
import { createProblem, type Checked, type Problem } from './problem.js';

export const FLOOR = 1e-5;
/**
 * Steps of a difference, the one that rounds least first. Where a function curves much, as a normalized state does near 0, a
 * smaller one is needed; a wrong derivative agrees with none.
 */
const BY_ENTRIES = [3e-3, 1e-3, 5e-4, 3e-4, 2e-4, 1e-4];
// All entries change at once, each by about the step: the function curves more, so the step is smaller.
const BY_PROJECTION = [1e-3, 3e-4, 1e-4, 3e-5];

export interface MeasuredGradient extends Measured {
  /** The size of the largest number compared. */
  readonly largest: number;
}

/** One measurement for each tensor of each layer; for the initial states of several windows, the worst. */
export function measureCell(cell: Cell, configuration: Configuration): MeasuredGradient[] {
  const found = new Map<string, MeasuredGradient>();
  for (const measured of measureTensors(cell, configuration)) {
    const key = `${measured.situation} ${measured.what}`;
    const before = found.get(key);
    if (!before || isWorse(measured.error, before.error)) found.set(key, measured);
  }
  return [...found.values()];
}

/** The same one by one: each tensor is measured only on request. */
export function* measureTensors(
  cell: Cell,
  configuration: Configuration,
  by = configuration.by,
): Generator<MeasuredGradient> {
  const problem = createProblem(cell, configuration);
  // Twice: training reuses all buffers, and leftovers of the first pass must not affect the second.
  problem.differentiate();
  problem.differentiate();

  for (const tensor of problem.tensors) {
    const situation = configuration.name + (tensor.part && `, ${tensor.part}`);
    const what = `d${tensor.letter}`;
    yield { subject: cell.name, situation, what, ...compare(problem, tensor, by) };
  }
}

/** Checks every entry of a tensor, or one direction with random lengths: the best of several steps. */
export function checkTensor(
  problem: Problem,
  tensor: Checked,
  by: Configuration['by'],
  steps = by === 'entries' ? BY_ENTRIES : BY_PROJECTION,
): GradientError {
  let best: GradientError | null = null;
  for (const step of steps) {
    const result = checkAtStep(problem, tensor, by, { step, floor: FLOOR });
    if (!best || isWorse(best.error, result.error)) best = result;
    if (!isWorse(best.error, BAR)) break;
  }
  return best!;
}

function checkAtStep(
  { loss }: Problem,
  { value, gradient }: Checked,
  by: Configuration['by'],
  options: CheckOptions,
): GradientError {
  if (by === 'entries') return checkGradient(loss, value, gradient, options);
  const random = createRandom(2);
  // With the signs of the derivatives all terms add up, so rounding stays relatively small. Every entry
  // changes.
  const direction = Float64Array.from(gradient.data, (g) => (g < 0 ? -1 : 1) * Math.abs(random.normal()));
  return checkProjection(loss, value, gradient, direction, options);
}

function compare(problem: Problem, tensor: Checked, by: Configuration['by']) {
  const sizes = Float64Array.from(tensor.gradient.data, Math.abs);
  // Explicit, because comparisons with NaN are false: a NaN among good entries must not be missed.
  if (!sizes.every(Number.isFinite)) return { error: NaN, largest: NaN };
  const { error, analytic } = checkTensor(problem, tensor, by);
  const largest = by === 'entries' ? sizes.reduce((a, b) => Math.max(a, b)) : Math.abs(analytic);
  return { error, largest };
}
