/** The checks of what `fit` is given. */
import { readOptions, requireFunction, requireWhole, show } from '../../engine/checks.js';
import type { Examples } from './batches.js';
import type { Callback } from './callback.js';
import { requireExamples, requireLoss, requireObject, requireSignal, requireTrainer } from './checks.js';
import { initialFitState, type FitOptions } from './fitOptions.js';
import type { Trainer } from './trainer.js';

const nothing = () => {};

const DEFAULTS = {
  ...{ state: initialFitState, accumulate: 1, callbacks: [], signal: null },
  ...{ onBatch: nothing, onStep: nothing, onEpoch: nothing },
};

/**
 * The options completed by defaults, with a copy of the state.
 * @throws TypeError or RangeError that names what cannot be used
 */
export function readFitOptions(trainer: Trainer, examples: Examples, given: FitOptions) {
  requireTrainer('fit', trainer);
  requireExamples('fit', examples);
  const options = readOptions('fit', given, DEFAULTS, ['epochs', 'batch', 'unroll', 'shuffle']);
  const { shuffle, batch, accumulate, state } = options;
  for (const name of ['epochs', 'batch', 'accumulate'] as const) requireWhole(`fit: ${name}`, options[name]);
  for (const name of ['onBatch', 'onStep', 'onEpoch'] as const)
    requireFunction(`fit: ${name}`, options[name]);
  requireObject('fit: unroll', options.unroll);
  requireObject('fit: state', state);
  requireSignal('fit: signal', options.signal);
  const shape = { ...examples.unroll, ...options.unroll };
  requireLoss('fit', shape);
  if (shuffle !== null && typeof shuffle.permutation !== 'function')
    throw new TypeError(`fit: shuffle must be createRandom(seed) or null, not ${show(shuffle)}`);

  const stepsPerEpoch = Math.ceil(examples.count / (batch * accumulate));
  requireWhole('fit: epoch of the state', state.epoch, 0);
  requireWhole('fit: step of the state', state.step, 0);
  if (state.step > stepsPerEpoch || (state.step > 0 && state.order && !shuffle))
    throw new RangeError('fit: the state is of a training with other examples, another batch or shuffle');
  const callbacks = callbacksOf(trainer, options.callbacks);
  return { ...options, shape, callbacks, stepsPerEpoch, state: { ...state } };
}

/** The callbacks, and last the rate of the optimizer if it is one. */
function callbacksOf({ optimizer: { rate } }: Trainer, given: readonly Callback[]): Callback[] {
  if (!Array.isArray(given)) throw new TypeError(`fit: callbacks must be an array, not ${show(given)}`);
  const callbacks = [
    ...(given as readonly Callback[]),
    ...(typeof rate === 'function' && 'start' in rate ? [rate as Callback] : []),
  ];
  callbacks.forEach(({ name, start }, n) => {
    requireFunction('fit: start of a callback', start);
    if (callbacks.findIndex((other) => other.name === name) < n)
      throw new RangeError(`fit: two callbacks are called ${name}`);
  });
  return callbacks;
}
