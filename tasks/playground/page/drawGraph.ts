/**
 * Draws the unrolled graph: for each step a box per gate and state, with a bar per unit, up for plus, down
 * for minus.
 */
import type { Look } from '../protocol.js';
import { superscript, visible } from '../words.js';
import { FONT, MONO, themeColors, type Colors } from './dom.js';
import { timeAt, type Column, type Layout, type Row, type Spot } from './layout.js';

const PAD = 3;
/** A box of zeros is not magnified. */
const NOTHING = 1e20;

interface Picture {
  readonly context: CanvasRenderingContext2D;
  readonly look: Look;
  readonly layout: Layout;
  /** Of the slider. */
  readonly position: number;
  readonly spot: Spot | null;
  /** How far the picture is moved to the left in its box, pixels. */
  readonly scrolled: number;
}

export function drawGraph(picture: Picture): void {
  const { context, look, layout, position, spot } = picture;
  const colors = themeColors();
  const { isBackward, focus } = timeAt(position, look.steps);
  const isDone = (t: number) => t < position;
  const hasGradient = (t: number) => isBackward && t >= focus;
  drawFlow(picture, colors, isBackward, focus);
  const scales = new Map(Object.entries(look.numbers).map(([name, of]) => [name, scaleOf(name, of)]));
  layout.columns.forEach((column, t) => {
    for (const row of layout.rows) {
      drawBox(context, column, row, colors, t === focus, hasGradient(t));
      const name = hasGradient(t) ? row.backward : row.forward;
      if (name === null || !isDone(t)) continue;
      const faint = isBackward && !hasGradient(t);
      const scale = scales.get(name)!;
      const isMagnified = t === focus && hasGradient(t);
      const own = isMagnified
        ? scaleOf(name, look.numbers[name]!.subarray(t * look.units, (t + 1) * look.units))
        : scale;
      drawBars(context, column, row, look, name, t, own, colors, faint);
      if (isMagnified) drawFactor(context, column, row, scale.most / own.most, colors);
    }
    drawCharacter(picture, colors, column, t, t === focus);
  });
  drawOutput(picture, colors, position >= look.steps);
  drawLabels(picture, colors, isBackward);
  if (spot) drawSpot(context, layout, look.units, spot, colors);
}

/** The number that fills half of a box, and whether there is nothing below 0. */
interface Scale {
  readonly most: number;
  readonly isPositive: boolean;
}

function scaleOf(name: string, of: Float32Array): Scale {
  let [most, isPositive] = [name.startsWith('d') ? 1e-30 : 1, true];
  for (let n = 0; n < of.length; n++) {
    most = Math.max(most, Math.abs(of[n]!));
    if (of[n]! < 0) isPositive = false;
  }
  return { most, isPositive };
}

function drawLabels(
  { context, layout, scrolled }: Picture,
  { soft, card }: Colors,
  isBackward: boolean,
): void {
  // The picture moves, and the names stay.
  context.fillStyle = card;
  context.fillRect(scrolled, 0, layout.left - 2, layout.height);
  context.font = FONT;
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  context.fillStyle = soft;
  for (const { forward, backward, y, height } of layout.rows)
    context.fillText(isBackward ? backward : (forward ?? 'a'), scrolled + layout.left - 5, y + height / 2);
}

/**
 * The lines along which states go from step to step, and gradients back; an arrow shows where the pass is.
 */
function drawFlow(
  { context, layout }: Picture,
  { edge, accent }: Colors,
  isBackward: boolean,
  focus: number,
): void {
  for (const row of layout.rows) {
    if (!row.isState) continue;
    const y = row.y + row.height / 2;
    layout.columns.slice(1).forEach((column, n) => {
      const isHere = isBackward ? n === focus : n + 1 === focus;
      const from = layout.columns[n]!.x + layout.columns[n]!.width;
      context.strokeStyle = context.fillStyle = isHere ? accent : edge;
      context.lineWidth = isHere ? 2 : 1;
      context.beginPath();
      context.moveTo(from, y);
      context.lineTo(column.x, y);
      context.stroke();
      if (!isHere) return;
      const [tip, back] = isBackward ? [from - 2, column.x + 1] : [column.x + 2, from - 1];
      context.beginPath();
      context.moveTo(tip, y);
      context.lineTo(back, y - 5);
      context.lineTo(back, y + 5);
      context.fill();
    });
  }
}

function drawBox(
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

function drawBars(
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
function drawFactor(
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

function drawCharacter(
  { context, look, layout }: Picture,
  { ink, soft }: Colors,
  column: Column,
  t: number,
  isFocus: boolean,
) {
  context.font = isFocus ? `bold ${MONO}` : MONO;
  context.textAlign = 'center';
  context.fillStyle = isFocus ? ink : soft;
  context.fillText(visible(look.characters[t]!), column.x + column.width / 2, layout.height - 12);
}

/** The likeliest next characters, and the one that was right. */
function drawOutput(
  { context, look, layout }: Picture,
  { ink, soft, plus, line }: Colors,
  isKnown: boolean,
): void {
  const { x, width } = layout.output;
  const { characters, probabilities, vocabulary } = look;
  const right = vocabulary.indexOf(characters[look.steps]!);
  const order = Array.from(probabilities, (_, n) => n).sort((a, b) => probabilities[b]! - probabilities[a]!);
  const count = Math.min(order.length, Math.floor((layout.height - 30) / 17));
  const shown = order.slice(0, count);
  if (!shown.includes(right)) shown[count - 1] = right;
  context.textAlign = 'center';
  context.font = FONT;
  context.fillStyle = soft;
  context.fillText('next', x + width / 2, layout.height - 12);
  if (!isKnown) return;
  shown.forEach((id, n) => {
    const y = 14 + n * 17;
    const p = probabilities[id]!;
    context.fillStyle = line;
    context.fillRect(x + 16, y - 5, width - 52, 10);
    context.fillStyle = plus;
    context.fillRect(x + 16, y - 5, Math.max(1, (width - 52) * p), 10);
    context.fillStyle = id === right ? ink : soft;
    context.font = id === right ? `bold ${MONO}` : MONO;
    context.textAlign = 'center';
    context.fillText(visible(vocabulary[id]!), x + 7, y);
    context.font = id === right ? `bold ${FONT}` : FONT;
    context.textAlign = 'right';
    context.fillText(`${(100 * p).toFixed(p < 0.1 ? 1 : 0)} %`, x + width, y);
  });
}

function drawSpot(
  context: CanvasRenderingContext2D,
  layout: Layout,
  units: number,
  spot: Spot,
  { accent }: Colors,
): void {
  const { x, width } = layout.columns[spot.t]!;
  const { y, height } = layout.rows[spot.row]!;
  const w = Math.max(3, (width - 4) / units);
  context.strokeStyle = accent;
  context.lineWidth = 2;
  context.strokeRect(x + 2 + ((width - 4) / units) * spot.unit - 1, y + 1, w + 1, height - 3);
}
