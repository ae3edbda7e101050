/** Which readings count in losses and errors: what was filled in is no truth to be compared with. */

/**
 * 1 for each reading that counts when it is predicted from those up to `ahead` steps before it, 0 for others.
 * Filled readings do not; nor do those of which the last known one was filled, since the straight line in a gap
 * leads to the reading after it.
 * @param filled 1 for filled readings
 */
export const countedOf = (filled: Uint8Array, ahead: number): Uint8Array =>
  filled.map((one, n) => (one || filled[n - ahead] ? 0 : 1));
