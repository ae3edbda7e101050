/** A chart of lines with names at their ends, each in the colour of its cell. */
import { superscript } from '../../words.js';
import { svg } from '../dom.js';

export interface Line {
  readonly cell: string;
  /** At the end of the line; null: none. */
  readonly name: string | null;
  readonly points: readonly (readonly [x: number, y: number])[];
  /** Drawn behind the others. */
  readonly style: 'line' | 'faint' | 'ghost';
}

export interface LineChart {
  readonly lines: readonly Line[];
  readonly x: readonly [least: number, most: number];
  readonly y: readonly [least: number, most: number];
  readonly xTicks: readonly number[];
  readonly yTicks: readonly number[];
  readonly xLabel: string;
  /** Ticks are powers of 10. */
  readonly isLogarithmic: boolean;
  /** A dotted line with a label. */
  readonly level: { readonly y: number; readonly label: string } | null;
  /** The width that names at the ends take; 0: there are none. */
  readonly room: number;
}

const [LEFT, ABOVE, BELOW] = [34, 8, 18];
/** Between two names. */
const LETTERS = 14;

export function drawLines(chart: SVGSVGElement, picture: LineChart): void {
  const { clientWidth: width, clientHeight: height } = chart;
  const { x: [from, to], y: [least, most], lines, level, room, isLogarithmic } = picture; // prettier-ignore
  const right = width - room - 6;
  const x = (value: number) => LEFT + ((right - LEFT) * (value - from)) / Math.max(1e-9, to - from);
  const y = (value: number) => {
    const inside = Math.max(least, Math.min(most, value));
    return ABOVE + ((height - ABOVE - BELOW) * (most - inside)) / (most - least);
  };
  const marks = picture.yTicks.flatMap((tick) => [
    svg('line', { class: 'axis', x1: LEFT, x2: right, y1: y(tick), y2: y(tick) }),
    svg('text', { x: LEFT - 6, y: y(tick) + 4, 'text-anchor': 'end' }, yText(tick, isLogarithmic)),
  ]);
  for (const tick of picture.xTicks)
    marks.push(
      svg('text', { x: x(tick), y: height - 3, 'text-anchor': 'middle' }, tick.toLocaleString('en')),
    );
  marks.push(svg('text', { x: right, y: height - 3, 'text-anchor': 'end' }, picture.xLabel));
  const drawn = (['ghost', 'faint', 'line'] as const).flatMap((style) =>
    lines
      .filter((line) => line.style === style)
      .map(({ cell, points }) =>
        svg('polyline', {
          class: `curve ${style} cell-${cell}`,
          points: points
            .filter(([, value]) => !Number.isNaN(value))
            .map(([a, b]) => `${x(a).toFixed(1)},${y(b).toFixed(1)}`)
            .join(' '),
        }),
      ),
  );
  chart.replaceChildren(
    ...marks,
    ...drawn,
    ...(level ? dotted(level.label, y(level.y), right) : []),
    ...(room ? names(lines, y, right, height) : []),
  );
}

/**
 * The label is below the line at its end, where curves have fallen or, with names there, have a lane of their
 * own.
 */
function dotted(label: string, y: number, right: number): SVGElement[] {
  return [
    svg('line', { class: 'guess', x1: LEFT, x2: right, y1: y, y2: y }),
    svg('text', { class: 'on', x: right - 4, y: y + 16, 'text-anchor': 'end' }, label),
  ];
}

const yText = (tick: number, isLogarithmic: boolean) =>
  !isLogarithmic ? String(Number(tick.toPrecision(3))) : tick === 0 ? '1' : `10${superscript(tick)}`;

/** The names at the ends of the lines, moved apart where they would overlap. */
function names(
  lines: readonly Line[],
  y: (value: number) => number,
  right: number,
  height: number,
): SVGElement[] {
  const ends = lines
    .flatMap(({ cell, name, points }) => {
      const last = points.filter(([, value]) => !Number.isNaN(value)).at(-1);
      return name !== null && last ? [{ cell, name, at: y(last[1]) }] : [];
    })
    .sort((a, b) => a.at - b.at);
  ends.forEach((end, n) => (end.at = Math.max(end.at, n ? ends[n - 1]!.at + LETTERS : ABOVE + 4)));
  for (let n = ends.length - 1, limit = height - BELOW; n >= 0; n--, limit -= LETTERS)
    ends[n]!.at = Math.min(ends[n]!.at, limit);
  return ends.map(({ cell, name, at }) =>
    svg('text', { class: `name cell-${cell}`, x: right + 6, y: at + 4 }, name),
  );
}

/** Round numbers from 0 up to a number, about four of them. */
export function ticksUpTo(most: number): number[] {
  const rough = most / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough)!;
  // The end of the axis has its label.
  return Array.from({ length: Math.floor((0.85 * most) / step) + 1 }, (_, n) => n * step);
}
