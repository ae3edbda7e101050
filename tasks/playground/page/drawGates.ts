/**
 * Draws a heat map: a row for each gate and state, a column for each character, and the number where there
 * is room.
 */
import { visible } from '../words.js';
import { FONT, MONO, themeColors } from './dom.js';

/** Rows share this height, within limits. */
const ALL_ROWS = 126;
const [LEAST_ROW, MOST_ROW] = [20, 42];
export const LEFT = 22;
export const BELOW = 22;
/** Between the labels of two columns. */
const LABEL_GAP = 2;
/** Cells at least this wide show their number. */
const WIDE = 22;

/** The height of each of so many rows. */
export const rowHeight = (rows: number) =>
  Math.min(MOST_ROW, Math.max(LEAST_ROW, Math.floor(ALL_ROWS / rows)));

export interface HeatMap {
  readonly width: number;
  readonly characters: ArrayLike<string>;
  readonly rows: readonly { readonly name: string; readonly numbers: readonly number[] }[];
  /** The chosen column. */
  readonly at: number;
}

export function drawGates(context: CanvasRenderingContext2D, { width, characters, rows, at }: HeatMap): void {
  const { ink, soft, plus, minus, accent, card } = themeColors();
  const steps = rows[0]!.numbers.length;
  const w = (width - LEFT) / steps;
  const height = rowHeight(rows.length);
  context.textBaseline = 'middle';
  context.font = FONT;
  rows.forEach(({ name, numbers }, r) => {
    context.textAlign = 'right';
    context.fillStyle = soft;
    context.fillText(name, LEFT - 5, (r + 0.5) * height);
    context.textAlign = 'center';
    numbers.forEach((value, t) => {
      const color = value < 0 ? minus : plus;
      const opacity = 0.06 + 0.86 * Math.min(1, Math.abs(value));
      context.globalAlpha = opacity;
      context.fillStyle = color;
      context.fillRect(LEFT + t * w, r * height, w - 1, height - 1);
      context.globalAlpha = 1;
      if (w < WIDE) return;
      context.fillStyle = textOn(color, card, opacity);
      context.fillText(short(value), LEFT + (t + 0.5) * w - 0.5, (r + 0.5) * height);
    });
  });
  context.font = MONO;
  const labels = Array.from({ length: steps }, (_, t) => visible(characters[t]!));
  const widest = Math.max(...labels.map((label) => context.measureText(label).width));
  // Where the columns are narrow, some are without a label, but never the chosen one.
  const every = Math.ceil((widest + LABEL_GAP) / w);
  labels.forEach((label, t) => {
    if (t !== at && (t % every !== 0 || Math.abs(t - at) < every)) return;
    context.fillStyle = t === at ? ink : soft;
    context.fillText(label, LEFT + (t + 0.5) * w, height * rows.length + BELOW / 2);
  });
  context.strokeStyle = accent;
  context.lineWidth = 2;
  context.strokeRect(LEFT + at * w, 1, w - 1, height * rows.length + BELOW - 2);
}

/** `.73`, `3.6` */
const short = (value: number) =>
  (Math.abs(value) < 0.995 ? value.toFixed(2).replace('0.', '.') : value.toFixed(1)).replace('-', '−');

/**
 * Black or white, whichever can be read on a colour of this opacity over another: one of them has 4.5 : 1 or
 * more.
 */
function textOn(color: string, under: string, opacity: number): string {
  const channel = (of: string, n: number) => parseInt(of.slice(1 + 2 * n, 3 + 2 * n), 16) / 255;
  const linear = (c: number) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  const [r, g, b] = [0, 1, 2].map((n) =>
    linear(channel(color, n) * opacity + channel(under, n) * (1 - opacity)),
  );
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b! > 0.179 ? '#000' : '#fff';
}
