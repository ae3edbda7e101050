/** A check of what callers pass. */
import { show } from '../../engine/checks.js';

/** @throws TypeError unless it is the bytes of a file */
export function requireBytes(of: string, bytes: unknown): asserts bytes is Uint8Array {
  if (!(bytes instanceof Uint8Array))
    throw new TypeError(`${of}: bytes must be a Uint8Array, not ${show(bytes)}`);
}
