/** Draws one box of the unrolled graph: the numbers of one gate or state at one step, a bar per unit. */
import type { Look } from '../protocol.js';
import { superscript } from '../words.js';
import { FONT, type Colors } from './dom.js';
import type { Column, Row } from './layout.js';

const PAD = 3;
/** A box of zeros is not magnified. */
const NOTHING = 1e20;

/** The number that fills half of a box, and whether there is nothing below 0. */
export interface Scale {
  readonly most: number;
  readonly isPositive: boolean;
}

export function scaleOf(name: string, of: Float32Array): Scale {
  let [most, isPositive] = [name.startsWith('d') ? 1e-30 : 1, true];
  for (let n = 0; n < of.length; n++) {
    most = Math.max(most, Math.abs(of[n]!));
    if (of[n]! < 0) isPositive = false;
  }
  return { most, isPositive };
}

export function drawBox(
  context: CanvasRenderingContext2D,
  { x, width }: Column,
  { y, height, isState }: Row,
  { faint, card, line, edge, accent }: Colors,
  isFocus: boolean,
  isBackward: boolean,
): void {
  context.fillStyle = isBackward || isState ? faint : card;
  context.strokeStyle = isFocus ? accent : isBackward ? edge : line;
  context.lineWidth = isFocus ? 1.5 : 1;
  context.beginPath();
  context.roundRect(x + 0.5, y + 1.5, width - 1, height - 4, 3);
  context.fill();
  context.stroke();
}

export function drawBars(
  context: CanvasRenderingContext2D,
  { x, width }: Column,
  row: Row,
  { numbers, units }: Look,
  name: string,
  t: number,
  { most, isPositive }: Scale,
  { plus, minus }: Colors,
  faint: boolean,
): void {
  const of = numbers[name]!;
  const room = row.height - 2 * PAD - 3;
  const height = isPositive ? room : room / 2;
  const base = row.y + PAD + 0.5 + height;
  // Where there is less than a pixel for a unit, the largest of its neighbours is drawn.
  const count = Math.min(units, Math.max(1, Math.floor(width - 4)));
  const w = (width - 4) / count;
  const bar = Math.max(0.75, w > 3 ? w - 1 : w);
  const ups = new Path2D();
  const downs = new Path2D();
  for (let n = 0; n < count; n++) {
    let value = 0;
    for (let u = Math.floor((n * units) / count); u < Math.floor(((n + 1) * units) / count); u++) {
      const one = of[t * units + u]!;
      if (Math.abs(one) > Math.abs(value)) value = one;
    }
    const size = (height * Math.abs(value)) / most;
    if (value > 0) ups.rect(x + 2 + n * w, base - size, bar, size);
    else if (value < 0) downs.rect(x + 2 + n * w, base, bar, size);
  }
  context.globalAlpha = faint ? 0.28 : 1;
  context.fillStyle = plus;
  context.fill(ups);
  context.fillStyle = minus;
  context.fill(downs);
  context.globalAlpha = 1;
}

/**
 * Gradients vanish: the bars of the current step are drawn larger than the others, by a factor that is
 * written there.
 */
export function drawFactor(
  context: CanvasRenderingContext2D,
  { x, width }: Column,
  { y }: Row,
  factor: number,
  { ink, faint }: Colors,
): void {
  if (factor < 2 || factor > NOTHING) return;
  const power = Math.floor(Math.log10(factor));
  const text =
    factor < 1000
      ? `× ${Math.round(factor)}`
      : `× ${Math.round(factor / 10 ** power)}·10${superscript(power)}`;
  context.font = FONT;
  context.textAlign = 'right';
  context.fillStyle = faint;
  const room = context.measureText(text).width + 6;
  context.fillRect(x + width - room - 2, y + 3, room, 13);
  context.fillStyle = ink;
  context.fillText(text, x + width - 5, y + 9.5);
}
