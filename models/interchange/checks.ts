/** Checks of what callers pass. */
import { hasMembers, show } from '../../engine/checks.js';
import type { Model } from '../graph/model.js';

/** @throws TypeError unless it is the bytes of a file */
export function requireBytes(of: string, bytes: unknown): asserts bytes is Uint8Array {
  if (!(bytes instanceof Uint8Array))
    throw new TypeError(`${of}: bytes must be a Uint8Array, not ${show(bytes)}`);
}

/** @throws TypeError unless it is a model */
export function requireModel(of: string, model: unknown): asserts model is Model {
  if (!hasMembers(model, 'kernels', 'input', 'layers', 'parameters'))
    throw new TypeError(`${of} takes a model, not ${show(model)}`);
}
