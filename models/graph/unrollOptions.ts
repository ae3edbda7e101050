/** The options of `unroll`: checked, and completed by their defaults. */
import { readOptions, requireFlag, requireWhole } from '../../engine/checks.js';
import type { UnrollOptions } from './graph.js';
import type { Model } from './model.js';

/** Without batch and steps, which have none; `training` and `advance` follow from others. */
const DEFAULTS: { [O in keyof UnrollOptions]?: UnrollOptions[O] | undefined } = {
  ...{ loss: null, training: undefined, advance: undefined },
  ...{ inputGradient: false, initialStateGradient: false, mask: false, weights: false },
};

/** Each step has nodes of its own, ten kilobytes in all: twice as many would fill the heap of Node. */
const MOST_STEPS = 200_000;

/** The options, each with a value. */
export type CompleteOptions = Required<UnrollOptions>;

/** @throws RangeError or TypeError that names the option which is invalid */
export function readUnrollOptions({ input }: Model, given: UnrollOptions): CompleteOptions {
  const read = readOptions('unroll', given, DEFAULTS as Partial<UnrollOptions>, ['batch', 'steps']);
  const { training = read.loss !== null, advance = read.steps } = given;
  const options = { ...read, training, advance };
  for (const name of ['batch', 'steps', 'advance'] as const) requireWhole(`unroll: ${name}`, options[name]);
  for (const name of ['training', 'inputGradient', 'initialStateGradient', 'mask'] as const)
    requireFlag(`unroll: ${name}`, options[name]);
  if (typeof options.weights !== 'function') requireFlag('unroll: weights', options.weights);

  if (options.steps > MOST_STEPS)
    throw new RangeError(
      `unroll: ${options.steps} steps are more than the ${MOST_STEPS} that a graph can have; cut the sequence into windows and carry the states`,
    );
  if (advance > read.steps)
    throw new RangeError(`unroll: advance ${advance} exceeds the ${read.steps} steps of a window`);
  if (options.inputGradient && input.kind === 'oneHot')
    throw new RangeError('unroll: symbols have no gradient; inputGradient needs features(n)');
  return options;
}
