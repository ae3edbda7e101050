/** A picture as SVG, for a file or inline in a page. It follows the reader's light or dark colour scheme. */
import { gradientScale, normText, SCALE, type GradientScale } from './colors.js';
import { layOut, weightContent, weightWidth, type Layout, type Spot } from './layout.js';
import { linksOf, type Link } from './links.js';
import type { Lane, Picture } from './lane.js';
import { createPicture } from './picture.js';
import { requireGraph } from '../../graph/checks.js';
import type { Graph } from '../../graph/graph.js';

/** Half the height of a box, and the gap between an arrowhead and a box, in pixels. */
const [HALF, GAP] = [17, 3];
const LEGEND = 64;
const LEGEND_WIDTH = 390;

const STYLE = `
.unrolled { --paper: #ffffff; --ink: #1f2328; --muted: #59636e; --shade: #f6f8fa; --line: #8c959f; font: 13px system-ui, sans-serif; }
@media (prefers-color-scheme: dark) { .unrolled { --paper: #0d1117; --ink: #e6edf3; --muted: #9198a1; --shade: #21262d; --line: #6e7681; } }
.unrolled .paper { fill: var(--paper); }
.unrolled text { fill: var(--ink); }
.unrolled .name { font-weight: 600; }
.unrolled .small { font-size: 11px; fill: var(--muted); }
.unrolled .on { font-size: 11px; stroke: var(--paper); stroke-width: 4px; paint-order: stroke; stroke-linejoin: round; }
.unrolled .box { fill: var(--shade); stroke: var(--line); }
.unrolled .weight { fill: none; stroke: var(--line); stroke-dasharray: 3 2; }
.unrolled .arrow { fill: none; stroke: var(--line); stroke-width: 1.25; marker-end: url(#unrolled-head); }
.unrolled .head { fill: var(--line); }
`;

const escape = (text: string) => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

function text(x: number, y: number, content: string, attributes = ''): string {
  return `<text x="${x}" y="${y}"${attributes && ` ${attributes}`}>${escape(content)}</text>`;
}

const [MIDDLE, END] = ['text-anchor="middle"', 'text-anchor="end"'];

/**
 * Draws the unrolled network as an SVG file: time from left to right, layers from bottom to top, long
 * sequences shortened to their first and last steps. After a backward pass, colours show gradient norms.
 */
export function toSvg(graph: Graph): string {
  requireGraph('toSvg', graph);
  const picture = createPicture(graph);
  const scale = gradientScale(picture);
  const layout = layOut(picture);
  const { height } = layout;
  const width = Math.max(layout.width, scale ? LEGEND_WIDTH : 0);
  const full = height + (scale ? LEGEND : 0);
  const label = `Unrolled network: ${picture.lanes.map(({ name }) => name).join(', ')}`;
  return [
    `<svg class="unrolled" xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${escape(label)}" viewBox="0 0 ${width} ${full}" width="${width}" height="${full}">`,
    `<style>${STYLE}</style>`,
    '<defs><marker id="unrolled-head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="head" d="M0,0.5 L8,4 L0,7.5 Z"/></marker></defs>',
    `<rect class="paper" width="${width}" height="${full}"/>`,
    ...linksOf(picture).map((link) => drawLink(link, picture, layout)),
    ...picture.lanes.map((lane, n) => drawLane(lane, layout.spots[n]!, scale)),
    ...picture.lanes.map((lane, n) => drawWeights(lane, layout.spots[n]![0]!.y)),
    text(layout.spots[0]![0]!.x - 20, height - 12, 'time →', 'class="small"'),
    scale ? drawLegend(scale, height) : '',
    '</svg>',
    '',
  ].join('\n');
}

function drawLane({ name, boxes }: Lane, spots: readonly Spot[], scale: GradientScale | null): string {
  return boxes
    .map((box, n) => {
      const { x, y, width } = spots[n]!;
      if (!box) return text(x, y + 4, '⋯', MIDDLE);
      const paint = scale?.paint(box.norm) ?? null;
      const [fill, letters] = paint
        ? [` style="fill:${paint.fill}"`, ` style="fill:${paint.letters}"`]
        : ['', ''];
      const known = box.norm === null ? '' : `, gradient norm ${normText(box.norm)}`;
      const title = `${name}${box.time === null ? '' : `, step ${box.time}`}${known}`;
      const rect = `<rect class="box"${fill} x="${x - width / 2}" y="${y - HALF}" width="${width}" height="${2 * HALF}" rx="5"/>`;
      return `<g><title>${escape(title)}</title>${rect}${text(x, y + 4.5, box.text, MIDDLE + letters)}</g>`;
    })
    .join('\n');
}

function drawLink({ from, to, text: weight, isState }: Link, { lanes }: Picture, { spots }: Layout): string {
  const [a, b] = [spots[from.lane]![from.box]!, spots[to.lane]![to.box]!];
  if (isState) {
    const direction = Math.sign(b.x - a.x);
    const [start, end] = [a.x + (direction * a.width) / 2, b.x - direction * (b.width / 2 + GAP)];
    return arrow([start, a.y], [end, b.y]) + weightText((start + end) / 2, a.y - 6, weight, MIDDLE);
  }
  // Bars span the picture, so arrows to and from them are vertical.
  const startX = lanes[from.lane]!.kind === 'bar' ? b.x : a.x;
  const endX = lanes[to.lane]!.kind === 'bar' ? a.x : b.x;
  const [startY, endY] = [a.y - HALF, b.y + HALF + GAP];
  const label =
    endX < startX ? weightText(endX - 2, endY + 20, weight, END) : weightText(endX + 6, endY + 18, weight);
  if (to.lane - from.lane === 1) return arrow([startX, startY], [endX, endY]) + label;
  // If there are lanes in between, bend around their boxes.
  const bend = lanes[to.lane]!.side > 0 ? [endX, startY - 26] : [startX, endY + 26];
  return arrow([startX, startY], bend, [endX, endY]) + label;
}

function arrow(...points: readonly number[][]): string {
  return `<path class="arrow" d="M${points.map((point) => point.join(',')).join(' L')}"/>`;
}

const weightText = (x: number, y: number, weight: string, attributes = '') =>
  weight && text(x, y, weight, `class="on" ${attributes}`.trim());

/** The name of a layer, and its weights. */
function drawWeights({ name, weights }: Lane, y: number): string {
  const parts = [text(20, weights.length ? y - 7 : y + 4.5, name, 'class="name"')];
  let x = 20;
  for (const weight of weights) {
    const content = weightContent(weight);
    const width = weightWidth(content);
    parts.push(
      `<rect class="weight" x="${x}" y="${y + 1}" width="${width}" height="19" rx="3"/>`,
      text(x + width / 2, y + 14.5, content, `class="small" ${MIDDLE}`),
    );
    x += width + 5;
  }
  return parts.join('');
}

/** The colours and their meaning. */
function drawLegend({ smallest, largest }: GradientScale, y: number): string {
  const swatches = SCALE.map(
    ({ fill }, n) => `<rect x="${20 + 26 * n}" y="${y + 18}" width="26" height="12" style="fill:${fill}"/>`,
  );
  const end = 20 + 26 * SCALE.length;
  return [
    text(20, y + 10, 'Norm of dLoss / d(box), logarithmic; grey: 0 or not computed', 'class="small"'),
    ...swatches,
    text(20, y + 45, normText(smallest), 'class="small"'),
    text(end, y + 45, normText(largest), 'class="small" text-anchor="end"'),
  ].join('');
}
