/** The activations. To add one, write its file and list it here; tests and gradient checks follow. */
import { requireChoice, requireFunction } from '../../engine/checks.js';
import type { Activation } from './activation.js';
import { relu } from './relu.js';
import { sigmoid } from './sigmoid.js';
import { softmax } from './softmax.js';
import { tanh } from './tanh.js';

export type { Activation } from './activation.js';
export { elementwiseActivation, type ElementwiseActivation } from './elementwise.js';

/** Every activation, by name. */
export const activations = { relu, tanh, sigmoid, softmax } satisfies Record<string, Activation>;

/** Names of the activations; `linear` is none. */
export type ActivationName = keyof typeof activations | 'linear';

/** Whether its name says it all: it is `linear` (null) or one of `activations`, not one of the user's. */
export const isKnown = (f: Activation | null): boolean =>
  f === null || Object.values<Activation>(activations).includes(f);

/**
 * An activation given as a value or by name; null for `linear`.
 * @param of the option that gives it
 * @throws RangeError when there is none of that name
 */
export function activationOf(of: string, given: Activation | ActivationName): Activation | null {
  if (given === 'linear') return null;
  if (typeof given === 'object' && given !== null) {
    requireFunction(`${of}: forward`, given.forward);
    requireFunction(`${of}: backward`, given.backward);
    return given;
  }
  requireChoice(of, given, ['linear', ...Object.keys(activations)]);
  return activations[given];
}
