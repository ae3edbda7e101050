/** Draws a line chart of the page as text, for the terminal. */
import { plot, type Point } from 'simple-ascii-chart';
import { CELLS } from '../common/colors.js';
import { columns } from '../common/say.js';
import type { LineChart, Series } from '../report/index.js';

const SYMBOLS = ['●', '○', '■', '□', '▲', '△', '◆', '◇'];
const [WIDTH, HEIGHT] = [64, 12];
/** Width of the axis and its labels; with less beside it there would be no curve. */
const [MARGIN, LEAST] = [16, 20];

/** A cell has its own in every chart. */
const symbolOf = ({ cell, color }: Series, n: number) =>
  SYMBOLS[(cell ? Object.keys(CELLS).indexOf(cell) : (color ?? n)) % SYMBOLS.length]!;

/** @returns its lines: title, legend and chart; a logarithmic axis shows powers of ten */
export function terminalChart({ title, x, y, series, logarithmic = false }: LineChart): string[] {
  const curves = series.map(({ points }) =>
    points
      .map(([x, y]): Point => [+x, logarithmic ? Math.log10(y) : y])
      .filter(([, value]) => Number.isFinite(value)),
  );
  const points = curves.flat();
  if (points.length === 0) return [`${title}: nothing to draw`];
  const extent = (n: 0 | 1) => {
    const values = points.map((point) => point[n]);
    return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  };
  const symbolAt = new Map(
    curves.flatMap((curve, n) => curve.map((point) => [String(point), symbolOf(series[n]!, n)] as const)),
  );
  const chart = plot(curves, {
    width: Math.max(LEAST, Math.min(WIDTH, columns() - MARGIN)),
    height: HEIGHT,
    customXAxisTicks: extent(0),
    customYAxisTicks: extent(1),
    formatter: (value, { axis }) =>
      axis === 'y' && logarithmic ? (10 ** value).toExponential(0) : Number(value.toPrecision(3)),
    lineFormatter: ({ x, y, plotX, plotY }) => ({
      x: plotX,
      y: plotY,
      symbol: symbolAt.get(String([x, y])) ?? ' ',
    }),
  });
  const legend = inLines(series.map((one, n) => `${symbolOf(one, n)} ${one.name}`));
  const lines = chart.split('\n').map((line) => line.trimEnd());
  return [`${title}: ${y}, by ${x}`, ...legend, ...lines.filter((line) => line !== '')];
}

/** As many names in a line as fit: a symbol stays with its name. */
function inLines(names: readonly string[]): string[] {
  const lines: string[] = [];
  for (const name of names) {
    const longer = lines.length ? `${lines.at(-1)}   ${name}` : name;
    if (lines.length && longer.length > columns()) lines.push(name);
    else lines.splice(-1, 1, longer);
  }
  return lines;
}
