/**
 * Colours for gradients, on a logarithmic scale from the smallest one shown (dark) to the largest (bright).
 * The colours (viridis: van der Walt and Smith 2015) keep their order for colour-blind readers. Each has its
 * own text colour, so it looks the same on light and on dark pages.
 */
import type { Picture } from './lane.js';

export interface Paint {
  readonly fill: string;
  readonly letters: string;
}

export const SCALE: readonly Paint[] = [
  { fill: '#440154', letters: '#ffffff' },
  { fill: '#443983', letters: '#ffffff' },
  { fill: '#31688e', letters: '#ffffff' },
  { fill: '#21918c', letters: '#000000' },
  { fill: '#35b779', letters: '#000000' },
  { fill: '#90d743', letters: '#000000' },
  { fill: '#fde725', letters: '#000000' },
];

export interface GradientScale {
  readonly smallest: number;
  readonly largest: number;
  /** Null for a norm that is unknown or 0. */
  paint(norm: number | null): Paint | null;
}

/** The scale of a picture; null if no gradient is known. */
export function gradientScale({ lanes }: Picture): GradientScale | null {
  const norms = lanes
    .flatMap(({ boxes }) => boxes.map((box) => box?.norm ?? 0))
    .filter((norm) => norm > 0 && Number.isFinite(norm));
  if (norms.length === 0) return null;
  const [smallest, largest] = [Math.min(...norms), Math.max(...norms)];
  return {
    smallest,
    largest,
    paint(norm) {
      if (!norm || !Number.isFinite(norm)) return null;
      const place = smallest === largest ? 1 : Math.log(norm / smallest) / Math.log(largest / smallest);
      return SCALE[Math.round(place * (SCALE.length - 1))]!;
    },
  };
}

/** Three digits: `0.0123`, `4.56e-9`. */
export function normText(norm: number): string {
  return norm !== 0 && (norm < 1e-3 || norm >= 1e4) ? norm.toExponential(2) : `${+norm.toPrecision(3)}`;
}
