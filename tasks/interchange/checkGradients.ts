/**
 * The gradient check of a model that came in: it runs on random inputs in float64, and the derivative of each
 * weight, by the hand-written backward pass, is compared with finite differences along a random direction.
 */
import {
  checkProjection,
  createRandom,
  InputError,
  unroll,
  type Graph,
  type Model,
  type Parameter,
  type Random,
} from '../../models/index.js';
import type { Rows } from '../common/printTable.js';

/** Steps of a difference along a direction of length 1, the one that rounds least first. */
const STEPS = [1e-2, 3e-3, 1e-3, 3e-4, 1e-4];
/** As in the checks of the library. */
export const BAR = 1e-7;
const FLOOR = 1e-6;
const BATCH = 2;
/** Steps of its sequences; those of an encoder come before. */
const LENGTH = 5;

/** The derivative of a weight along a direction, in two ways. */
export interface Verdict {
  readonly name: string;
  readonly analytic: number;
  readonly numeric: number;
  readonly error: number;
}

/**
 * A graph of the model with a loss, after both passes: the mean squared distance from targets near its
 * answers.
 * @param ids what it reads; null: something random
 * @throws InputError when it cannot be unrolled
 */
export function passed(model: Model, ids: readonly number[] | null): Graph {
  const random = createRandom(0, 'gradient check');
  const graph = unrolled(model, ids?.length ?? stepsOf(model), ids ? 1 : BATCH);
  const { input, labels, output } = graph;
  if (ids) input.data.set(ids);
  else fillInput(model, input.data, random);
  graph.forward();
  labels!.data.set(Float64Array.from({ length: output.size }, (_, n) => output.data[n]! + random.normal()));
  graph.forward();
  graph.backward();
  return graph;
}

/** @param model of float64 kernels */
export function checkGradients(model: Model): Verdict[] {
  const noise = model.dropoutRandom.state();
  const graph = passed(model, null);
  // The same units are dropped in every pass.
  const loss = () => {
    model.dropoutRandom.restore(noise);
    return graph.forward();
  };
  loss();
  // A backward pass adds to what is there.
  model.parameters.gradients.data.fill(0);
  graph.backward();
  const random = createRandom(0, 'directions');
  return model.parameters.list.map((one) => compare(loss, one, random));
}

/** The best of several steps: a wrong derivative agrees with none. */
function compare(loss: () => number, { name, value, gradient }: Parameter, random: Random): Verdict {
  const drawn = Float64Array.from({ length: value.size }, () => random.normal());
  const length = Math.sqrt(drawn.reduce((sum, x) => sum + x * x, 0));
  const direction = drawn.map((x) => x / length);
  let best: Verdict | null = null;
  for (const step of STEPS) {
    const found = checkProjection(loss, value, gradient, direction, { step, floor: FLOOR });
    if (!best || found.error < best.error) best = { name, ...found };
    if (best.error < BAR) break;
  }
  return best!;
}

/** Steps enough for a decoder after its encoder. */
const stepsOf = ({ layers }: Model): number =>
  layers.reduce((most, { layer: { config } }) => Math.max(most, Number(config?.sourceSteps ?? 0)), 0) +
  LENGTH;

function unrolled(model: Model, steps: number, batch: number): Graph {
  try {
    return unroll(model, { batch, steps, loss: 'meanSquaredError' });
  } catch (error) {
    if (error instanceof RangeError) throw new InputError(`the model cannot be unrolled: ${error.message}`);
    throw error;
  }
}

/** Any numbers, but not symbol 0, which may be padding. */
function fillInput({ input: { kind, width } }: Model, data: Graph['input']['data'], random: Random): void {
  const least = Math.min(1, width - 1);
  for (let n = 0; n < data.length; n++)
    data[n] = kind === 'features' ? random.normal() : least + random.integer(width - least);
}

export const verdictRows = (verdicts: readonly Verdict[]): Rows => ({
  head: ['weight', 'backward pass', 'finite differences', 'relative error', ''],
  rows: verdicts.map(({ name, analytic, numeric, error }) => [
    name,
    analytic.toExponential(6),
    numeric.toExponential(6),
    error.toExponential(1),
    error < BAR ? 'proven' : 'WRONG',
  ]),
});
