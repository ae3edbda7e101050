/** Masks: which time steps of a batch are padding. */
import type { Tensor } from '../engine/index.js';

/** Lengths are rounded up to so many different ones, so that there are few plans to prepare. */
const LENGTHS = 8;

/**
 * The steps from the first to the last that is real in any row, [from, to), `to` not included; rounded outward a
 * little, which changes no result.
 * @param mask 1 where a step is real, [T·B]
 */
export function realSteps(mask: Tensor, B: number): [from: number, to: number] {
  const T = mask.shape[0]! / B;
  const grain = Math.ceil(T / LENGTHS);
  const isReal = (t: number) => {
    for (let m = t * B; m < (t + 1) * B; m++) if (mask.data[mask.offset + m] !== 0) return true;
    return false;
  };
  let [from, to] = [0, T];
  while (from < T && !isReal(from)) from++;
  // Nothing is real: one step, of which every row is padding.
  if (from === T) return [0, 1];
  while (!isReal(to - 1)) to--;
  return [from - (from % grain), Math.min(T, Math.ceil(to / grain) * grain)];
}
