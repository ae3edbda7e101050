/** A chart of curves, with a legend that shows each line as drawn. */
import * as Plot from '@observablehq/plot';
import { seriesColor } from './colors.js';
import { Markup, markup } from './markup.js';
import type { LineChart, Series } from './page.js';
import { drawPlot, roundPaths } from './svg.js';

type Points = Series['points'];

/** Besides colours, for readers who cannot distinguish them and for print. */
const SYMBOLS = ['circle', 'square', 'triangle', 'diamond', 'cross', 'star'] as const;
const DASHES = ['7 4', '2 3', '9 3 2 3', '14 4', '5 2', '12 3 2 3 2 3'] as const;
/** With more points, symbols would hide the line. */
const MOST_SYMBOLS = 40;

/** With more points, broad lines would fill the gaps between them. */
const MANY_POINTS = 300;

export function renderLineChart({ title, x, y, series: given, logarithmic = false }: LineChart): Markup {
  const series = logarithmic ? given.map(aboveZero) : given;
  const points = series.flatMap((one) => one.points);
  if (!points.some(([, value]) => Number.isFinite(value)))
    return markup`<p>${title}: nothing to draw yet.</p>\n`;
  const svg = drawPlot(
    {
      width: 760,
      height: 310,
      marginLeft: 56,
      marginTop: 32,
      marginBottom: 48,
      style: { fontSize: '12px', background: 'none' },
      x: { label: x, labelAnchor: 'center', labelArrow: 'none', labelOffset: 42, ...wholeTicks(points) },
      y: {
        ...{ label: y, labelArrow: 'none', grid: true, ticks: 6, nice: 6, ...roomAround(points) },
        ...(logarithmic && { type: 'log', tickFormat: powerOfTen }),
      },
      marks: fromBelow(series).map((n) => {
        const one = series[n]!;
        return [band(one, n), line(one, n, one.points), symbols(one, n, one.points)];
      }),
    },
    `${title}: ${y} by ${x}. ${series.map(describe).join('; ')}.`,
  );
  roundPaths(svg);
  return markup`<figure>
<figcaption>${title}</figcaption>
${series.length > 1 ? legend(series) : []}<div class="wide chart">${new Markup(svg.outerHTML)}</div>
</figure>\n`;
}

/** Series in drawing order: the first ones on top, and dashed ones, which hide little, above solid ones. */
function fromBelow(series: readonly Series[]): number[] {
  const numbers = [...series.keys()].reverse();
  return [...numbers.filter((n) => !series[n]!.dashed), ...numbers.filter((n) => series[n]!.dashed)];
}

function line(series: Series, n: number, points: Points): Plot.Markish {
  const style = series.color ?? n;
  const fine = series.dashed || series.points.length > MANY_POINTS;
  return Plot.line(points.map(toDatum), {
    x: 'x',
    y: 'y',
    stroke: seriesColor(style),
    strokeWidth: fine ? 1.25 : 1.75,
    ...(series.dashed && { strokeDasharray: DASHES[style % DASHES.length]! }),
  });
}

function band({ points, band, color }: Series, n: number): Plot.Markish {
  if (!band) return null;
  const edges = points.map(([x], at) => ({ x, least: band[at]![0], most: band[at]![1] }));
  const fill = seriesColor(color ?? n);
  return Plot.areaY(edges, { x: 'x', y1: 'least', y2: 'most', fill, fillOpacity: 0.2 });
}

function symbols(series: Series, n: number, points: Points): Plot.Markish {
  if (series.points.length > MOST_SYMBOLS) return null;
  const style = series.color ?? n;
  const symbol = SYMBOLS[style % SYMBOLS.length]!;
  return Plot.dot(points.map(toDatum), { x: 'x', y: 'y', r: 3.5, symbol, fill: seriesColor(style) });
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

/** Epochs and steps are whole, but an axis with few of them would have ticks at halves. */
function wholeTicks(points: Points): Plot.ScaleOptions {
  const xs = points.map(([x]) => x).filter((x): x is number => Number.isInteger(x));
  const [first, last] = range(xs);
  if (xs.length < points.length || !(last - first <= 12)) return {};
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
