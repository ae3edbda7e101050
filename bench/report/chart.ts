/** The chart of the training steps: a bar for each library, on a logarithmic scale. */
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import type { Results } from '../results.js';
import { digits } from '../table.js';
import { describe, describeVersions, SERIES } from './series.js';

/** What is used of the DOM, for which linkedom stands in: the compiler knows it as part of browsers only. */
interface Svg {
  readonly outerHTML: string;
  textContent: string;
  setAttribute(name: string, value: string): void;
  append(child: Svg): void;
}

interface SvgDocument {
  createElementNS(namespace: string, name: string): Svg;
}

const NAMESPACE = 'http://www.w3.org/2000/svg';

/** An SVG file. */
export function drawChart({ steps, machine, versions, date }: Results): string {
  const bars = Object.entries(steps).flatMap(([step, row]) =>
    SERIES.flatMap(({ key, name }) => {
      const ms = row[key];
      return ms === null ? [] : [{ step, name, ms, label: digits(ms) }];
    }),
  );
  const times = bars.map(({ ms }) => ms);
  // Bars begin a little below the shortest time: a logarithmic scale has no 0.
  const [low, high] = [Math.min(...times) / 2, Math.max(...times) * 3];
  const common = { x1: low, x2: 'ms', y: 'name', fy: 'step' } as const;

  const { document } = parseHTML('<html></html>') as unknown as { document: SvgDocument };
  const svg: unknown = Plot.plot({
    document: document as never,
    width: 760,
    height: 80 + 105 * Object.keys(steps).length,
    marginLeft: 70,
    marginRight: 80,
    marginTop: 45,
    marginBottom: 45,
    style: { fontFamily: 'sans-serif', fontSize: '11px', background: 'white', color: 'black' },
    x: {
      type: 'log',
      domain: [low, high],
      label: 'milliseconds for a training step, logarithmic',
      grid: true,
    },
    y: { domain: SERIES.map(({ name }) => name), label: null },
    fy: { domain: Object.keys(steps), label: null },
    color: { domain: SERIES.map(({ name }) => name), range: SERIES.map(({ color }) => color) },
    marks: [
      Plot.barX(bars, { ...common, fill: 'name' }),
      Plot.text(bars, { x: 'ms', y: 'name', fy: 'step', text: 'label', textAnchor: 'start', dx: 4 }),
    ],
  });

  return withCaption(svg as Svg, document, [
    `${date.slice(0, 10)}, ${describe(machine)}`,
    describeVersions(versions),
  ]);
}

/** The text of the file, with lines at the top. */
function withCaption(svg: Svg, document: SvgDocument, lines: readonly string[]): string {
  svg.setAttribute('xmlns', NAMESPACE);
  lines.forEach((line, n) => {
    const caption = document.createElementNS(NAMESPACE, 'text');
    const attributes = { x: '8', y: `${16 + 15 * n}`, 'text-anchor': 'start' };
    for (const [name, value] of Object.entries(attributes)) caption.setAttribute(name, value);
    caption.textContent = line;
    svg.append(caption);
  });
  return `${svg.outerHTML}\n`;
}
