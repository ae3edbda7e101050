/** A chart of curves, with a legend that shows each line as drawn. */
import * as Plot from '@observablehq/plot';
import { CELLS, seriesColor } from '../common/colors.js';
import { Markup, markup } from './markup.js';
import type { LineChart, Series } from './page.js';
import { drawPlot, fitting, roundPaths, type Svg } from './svg.js';

type Points = Series['points'];

/**
 * Besides colours, for readers who cannot distinguish them and for print. The first are those of the cells.
 */
const SYMBOLS = ['circle', 'square', 'triangle', 'diamond', 'cross', 'star', 'wye', 'hexagon'] as const;
const DASHES = ['7 4', '2 3', '9 3 2 3', '14 4', '5 2', '12 3 2 3 2 3'] as const;

/**
 * With more points, symbols would say nothing; with many more, broad lines would fill the gaps between them.
 */
const [MOST_MARKED, MANY_POINTS] = [150, 300];

/**
 * Where charts are wide and on a phone; with more symbols than that on a line, each only has some of its
 * points.
 */
const WIDE = { width: 760, height: 310, symbols: 40 };
const NARROW = { width: 340, height: 240, symbols: 16 };

export function renderLineChart({ title, x, y, series: given, logarithmic = false }: LineChart): Markup {
  const series = logarithmic ? given.map(aboveZero) : given;
  const points = series.flatMap((one) => one.points);
  if (!points.some(([, value]) => Number.isFinite(value)))
    return markup`<p>${title}: nothing to draw yet.</p>\n`;
  const chart = { title, x, y, series, logarithmic };
  return markup`<figure>
<figcaption>${title}</figcaption>
${series.length > 1 ? legend(series) : []}${fitting((isNarrow) => draw(chart, points, isNarrow ? NARROW : WIDE))}</figure>\n`;
}

function draw(
  { title, x, y, series, logarithmic }: Omit<LineChart, 'kind'>,
  points: Points,
  { width, height, symbols: most }: typeof WIDE,
): Svg {
  const svg = drawPlot(
    {
      ...{ width, height },
      marginLeft: 56,
      marginTop: 32,
      marginBottom: 48,
      style: { fontSize: '12px', background: 'none' },
      x: {
        ...{ label: x, labelAnchor: 'center', labelArrow: 'none', labelOffset: 42 },
        ...wholeTicks(points, width),
      },
      y: {
        ...{ label: y, labelArrow: 'none', grid: true, ticks: 6, nice: 6, ...roomAround(points) },
        ...(logarithmic && { type: 'log', tickFormat: powerOfTen, ...decades(points) }),
      },
      marks: fromBelow(series).map((n) => {
        const one = series[n]!;
        const every = Math.ceil(one.points.length / most);
        const marked = one.points.filter((_, at) => at % every === 0);
        return [band(one, n), line(one, n, one.points), symbols(one, n, marked)];
      }),
    },
    `${title}: ${y} by ${x}. ${series.map(describe).join('; ')}.`,
  );
  roundPaths(svg);
  return svg;
}

/** Series in drawing order: the first ones on top, and dashed ones, which hide little, above solid ones. */
function fromBelow(series: readonly Series[]): number[] {
  const numbers = [...series.keys()].reverse();
  const isDashed = (n: number) => lookOf(series[n]!, n).dashes !== 'none';
  return [...numbers.filter((n) => !isDashed(n)), ...numbers.filter(isDashed)];
}

/** The look of a cell, or that of the series' own number. */
function lookOf({ cell, color, dashed = false }: Series, n: number) {
  if (cell !== undefined) {
    const symbol = SYMBOLS[Object.keys(CELLS).indexOf(cell)]!;
    return { stroke: `var(--cell-${cell})`, dashes: CELLS[cell].dashes, symbol };
  }
  const style = color ?? n;
  const dashes = dashed ? DASHES[style % DASHES.length]! : 'none';
  return { stroke: seriesColor(style), dashes, symbol: SYMBOLS[style % SYMBOLS.length]! };
}

function line(series: Series, n: number, points: Points): Plot.Markish {
  const { stroke, dashes } = lookOf(series, n);
  const fine = dashes !== 'none' || series.points.length > MANY_POINTS;
  return Plot.line(points.map(toDatum), {
    ...{ x: 'x', y: 'y', stroke },
    strokeWidth: fine ? 1.25 : 1.75,
    ...(dashes !== 'none' && { strokeDasharray: dashes }),
  });
}

function band(series: Series, n: number): Plot.Markish {
  const { points, band } = series;
  if (!band) return null;
  const edges = points.map(([x], at) => ({ x, least: band[at]![0], most: band[at]![1] }));
  const { stroke: fill } = lookOf(series, n);
  return Plot.areaY(edges, { x: 'x', y1: 'least', y2: 'most', fill, fillOpacity: 0.2 });
}

function symbols(series: Series, n: number, points: Points): Plot.Markish {
  if (series.points.length > MOST_MARKED) return null;
  const { stroke: fill, symbol } = lookOf(series, n);
  return Plot.dot(points.map(toDatum), { x: 'x', y: 'y', r: 3.5, symbol, fill });
}

/** Plot leaves a gap for NaN, but would stretch an axis to infinity. */
const toDatum = ([x, y]: Points[number]) => ({ x, y: Number.isFinite(y) ? y : NaN });

const aboveZero = (series: Series): Series => ({
  ...series,
  points: series.points.map(([x, y]) => [x, y > 0 ? y : NaN]),
});

/** `1e-20`, `0.1`, `1e+6` */
const powerOfTen = (value: number) =>
  value > 1e-3 && value < 1e4 ? String(Number(value.toPrecision(1))) : value.toExponential(0);

/** Between them, other lines of a logarithmic axis would be many. Where there are few, they say more. */
function decades(points: Points): Plot.ScaleOptions {
  const [least, most] = range(points.map(([, y]) => y).filter((y) => y > 0 && Number.isFinite(y)));
  const [first, last] = [Math.floor(Math.log10(least)), Math.ceil(Math.log10(most))];
  const step = Math.ceil((last - first) / 6);
  if (last - first < 3) return {};
  const count = Math.floor((last - first) / step) + 1;
  return { ticks: Array.from({ length: count }, (_, n) => 10 ** (first + n * step)) };
}

/** Epochs and steps are whole, but an axis with few of them would have ticks at halves. */
function wholeTicks(points: Points, width: number): Plot.ScaleOptions {
  const xs = points.map(([x]) => x).filter((x): x is number => Number.isInteger(x));
  const [first, last] = range(xs);
  if (xs.length < points.length || !(last - first <= width / 60)) return {};
  return { ticks: Array.from({ length: last - first + 1 }, (_, n) => first + n), tickFormat: String };
}

/** If all values are the same, the axis would have no length. */
function roomAround(points: Points): Plot.ScaleOptions {
  const [least, most] = range(points.map(([, y]) => y).filter(Number.isFinite));
  const room = Math.abs(least) / 2 || 1;
  return least === most ? { domain: [least - room, most + room] } : {};
}

const range = (values: readonly number[]): [least: number, most: number] => [
  values.reduce((least, value) => Math.min(least, value), Infinity),
  values.reduce((most, value) => Math.max(most, value), -Infinity),
];

function legend(series: readonly Series[]): Markup {
  return markup`<ul class="legend">${series.map(
    (one, n) => markup`<li>${swatch(one, n)}<span>${one.name}</span></li>`,
  )}</ul>\n`;
}

/** A short piece of the line, with its symbol in the middle. */
function swatch(series: Series, n: number): Markup {
  const ends: Points = [
    [0, 0],
    [2, 0],
  ];
  const svg = drawPlot(
    {
      width: 34,
      height: 12,
      margin: 2,
      style: { background: 'none' },
      axis: null,
      marks: [line(series, n, ends), symbols(series, n, [[1, 0]])],
    },
    '',
  );
  svg.setAttribute('aria-hidden', 'true');
  return new Markup(svg.outerHTML);
}

/** `training: first 2.345, last 1.370` */
function describe({ name, points }: Series): string {
  const values = points.map(([, value]) => value).filter(Number.isFinite);
  if (values.length === 0) return `${name}: no values`;
  return `${name}: first ${values[0]!.toPrecision(4)}, last ${values.at(-1)!.toPrecision(4)}`;
}
