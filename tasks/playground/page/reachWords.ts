/** How far a gradient reaches, in words. */
import { superscript } from '../words.js';

/** The distance that the sentence is about. */
const FAR = 20;

/** @param norms of the gradient of the state, by distance */
export function sentence(state: string, norms: readonly number[]): string {
  const far = Math.min(FAR, norms.length - 1);
  const share = norms[far]! / norms[1]!;
  return `${far} steps back, dLoss/d${state} is ${factor(share)} what it is one step back. ${verdict(share, norms.at(-1)! / norms[1]!)}`;
}

function verdict(share: number, end: number): string {
  if (share > 2 && end > share) return 'It explodes: clip it.';
  if (share < 1e-4) return 'It has vanished.';
  return share < 0.05 ? 'It fades.' : 'It arrives.';
}

function factor(share: number): string {
  if (share >= 0.01 && share < 1000) return `${share.toPrecision(2)} times`;
  const power = Math.floor(Math.log10(share));
  return Number.isFinite(power)
    ? `${(share / 10 ** power).toFixed(1)}·10${superscript(power)} times`
    : '0 times';
}

/** The norm of the last gradient of all weights, and what clipping makes of it. */
export function clipping(norm: number | null, clip: number | null): string {
  const limit = clip === null ? 'never' : String(clip);
  return norm === null ? limit : `${limit}, norm is ${norm.toPrecision(2)}`;
}
