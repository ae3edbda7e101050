/** The chart of the training steps: one bar per library, on a logarithmic scale. */
import * as Plot from '@observablehq/plot';
import { colorRules, PAPER_AND_INK, SERIES as COLORS } from '../../tasks/common/colors.js';
import { createSvgElement, drawPlot, type Svg } from '../../tasks/report/svg.js';
import { countThreads } from '../kernelSets.js';
import type { Results } from '../results.js';
import { digits } from '../table.js';
import { describe, describeVersions, SERIES, winner } from './series.js';

/** An SVG file. */
export function drawChart(results: Results): string {
  const { steps, machine, versions, date } = results;
  const bars = Object.keys(steps).flatMap((step) =>
    SERIES.map(({ key, name }) => ({ step, name, result: winner(results, step, key) })),
  );
  const missing = bars.filter(({ result }) => !result);
  const timed = bars.flatMap(({ step, name, result }) => {
    if (!result) return [];
    const { median, threads, once } = result;
    const label = `${digits(median)}, ${countThreads(threads!)}${once ? ', one step only' : ''}`;
    return [{ step, name, ms: median, label }];
  });
  const times = timed.map(({ ms }) => ms);
  // Bars begin below the shortest time, because a logarithmic scale has no 0.
  const [low, high] = [Math.min(...times) / 2, Math.max(...times) * 1.5];

  const options: Plot.PlotOptions = {
    width: 760,
    height: 135 + 115 * Object.keys(steps).length,
    marginLeft: 70,
    // Room for the label of the longest bar.
    marginRight: 190,
    marginTop: 90,
    marginBottom: 45,
    style: { fontFamily: 'sans-serif', fontSize: '11px', background: 'var(--card)', color: 'var(--ink)' },
    x: {
      type: 'log',
      domain: [low, high],
      label: 'time of a training step in milliseconds, logarithmic: shorter is better',
      labelArrow: 'none',
      // Only powers of ten: more labels would overlap.
      ticks: powersOfTen(low, high),
      tickFormat: (ms: number) => ms.toLocaleString('en'),
      grid: true,
    },
    y: { domain: SERIES.map(({ name }) => name), label: null },
    fy: { domain: Object.keys(steps), axis: null, padding: 0.2 },
    color: { domain: SERIES.map(({ name }) => name), range: SERIES.map(({ color }) => color) },
    marks: [
      Plot.text(Object.keys(steps), {
        fy: (step: string) => step,
        text: (step: string) => step,
        frameAnchor: 'top-left',
        dx: -62,
        dy: -14,
        fontWeight: 'bold',
      }),
      Plot.barX(timed, { x1: low, x2: 'ms', y: 'name', fy: 'step', fill: 'name' }),
      Plot.text(timed, { x: 'ms', y: 'name', fy: 'step', text: 'label', textAnchor: 'start', dx: 4 }),
      Plot.text(missing, {
        x: low,
        y: 'name',
        fy: 'step',
        text: () => 'not timed',
        textAnchor: 'start',
        dx: 4,
      }),
    ],
  };

  const title = `Training steps on Node ${versions.node}, median times; the faster of one thread and all threads`;
  return withCaption(drawPlot(options, title), [
    title,
    `${date.slice(0, 10)}, ${describe(machine)}`,
    describeVersions(versions),
  ]);
}

function powersOfTen(low: number, high: number): number[] {
  const [first, last] = [Math.ceil(Math.log10(low)), Math.floor(Math.log10(high))];
  return Array.from({ length: last - first + 1 }, (_, n) => 10 ** (first + n));
}

/** Sets its own background, so that it is readable on any page; `img` passes on the reader's color scheme. */
const RULES = colorRules('svg', { ...PAPER_AND_INK, ...COLORS });

/** The SVG with colours and, at the top, lines of text, the first of which is the title. */
function withCaption(svg: Svg, lines: readonly string[]): string {
  svg.append(createSvgElement('style', RULES));
  lines.forEach((line, n) => {
    const attributes = {
      x: '8',
      y: `${18 + 16 * n}`,
      fill: 'currentColor',
      'text-anchor': 'start',
      ...(n === 0 && { 'font-size': '14', 'font-weight': 'bold' }),
    };
    svg.append(createSvgElement('text', line, attributes));
  });
  return `${svg.outerHTML}\n`;
}
