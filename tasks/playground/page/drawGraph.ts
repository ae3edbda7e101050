/**
 * Draws the unrolled graph: for each step a box per gate and state, with a bar per unit, up for plus, down
 * for minus.
 */
import { visible } from '../words.js';
import { FONT, MONO, themeColors, type Colors } from './dom.js';
import { drawBars, drawBox, drawFactor, scaleOf } from './drawBox.js';
import { drawOutput } from './drawOutput.js';
import { timeAt, type Column, type Layout, type Picture, type Spot } from './layout.js';

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
