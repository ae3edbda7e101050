/** Draws a line chart of the page as text, for the terminal. */
import { plot, type Point } from 'simple-ascii-chart';
import type { LineChart } from '../report/index.js';

const SYMBOLS = ['●', '○', '■', '□', '▲', '△', '◆', '◇'];
const [WIDTH, HEIGHT] = [64, 12];

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
    curves.flatMap((curve, n) =>
      curve.map((point) => [String(point), SYMBOLS[n % SYMBOLS.length]!] as const),
    ),
  );
  const chart = plot(curves, {
    width: WIDTH,
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
  const legend = series.map(({ name }, n) => `${SYMBOLS[n % SYMBOLS.length]!} ${name}`).join('   ');
  const lines = chart.split('\n').map((line) => line.trimEnd());
  return [`${title}: ${y}, by ${x}`, legend, ...lines.filter((line) => line !== '')];
}
