/** The times as bars, on a logarithmic scale, as in bench/steps.svg. A line marks the middle half. */
import type { Row } from '../browser/match.js';
import { digits } from '../table.js';
import { eachFrame, svg } from '../../tasks/playground/page/dom.js';
import { nameOf } from './rows.js';

const [ROW, NARROW_ROW, AXIS] = [22, 36, 34];

export function createChart() {
  const chart = document.querySelector<SVGSVGElement>('#chart')!;
  let rows: readonly Row[] = [];

  const draw = eachFrame(() => {
    const timed = rows.filter(({ timing }) => timing);
    chart.toggleAttribute('hidden', timed.length === 0);
    if (timed.length === 0) return;
    const width = chart.clientWidth;
    // On a phone the names stand above their bars.
    const isNarrow = width < 480;
    const [left, right, height] = [isNarrow ? 0 : 160, 48, isNarrow ? NARROW_ROW : ROW];
    const times = timed.map(({ timing }) => timing!);
    // Bars begin below the shortest time, because a logarithmic scale has no 0.
    const low = Math.min(...times.map(({ lower }) => lower)) / 2;
    const high = Math.max(...times.map(({ upper }) => upper));
    const x = (ms: number) => left + ((width - left - right) * Math.log(ms / low)) / Math.log(high / low);
    const bottom = timed.length * height;
    chart.style.height = `${bottom + AXIS}px`;
    chart.replaceChildren(
      ...powersOfTen(low, high).flatMap((ms) => [
        svg('line', { class: 'axis', x1: x(ms), x2: x(ms), y1: 0, y2: bottom + 4 }),
        svg('text', { x: x(ms), y: bottom + 17, 'text-anchor': 'middle' }, String(ms)),
      ]),
      svg('text', { x: left, y: bottom + 31 }, 'milliseconds, logarithmic: shorter is better'),
      ...timed.flatMap((row, n) => {
        const { median, lower, upper } = row.timing!;
        const name = isNarrow
          ? { x: 0, y: n * height + 12 }
          : { x: left - 8, y: n * height + 15, 'text-anchor': 'end' };
        const top = n * height + (isNarrow ? 17 : 4);
        const kind = row.id.startsWith('ours') ? 'ours' : 'theirs';
        return [
          svg('text', { class: 'name', ...name }, nameOf(row)),
          svg('rect', { class: kind, x: left, y: top, width: x(median) - left, height: 14, rx: 2 }),
          svg('line', { class: 'half', x1: x(lower), x2: x(upper), y1: top + 7, y2: top + 7 }),
          svg('text', { x: x(Math.max(median, upper)) + 6, y: top + 11 }, digits(median)),
        ];
      }),
    );
  });
  new ResizeObserver(draw).observe(chart.parentElement!);
  return {
    draw,
    show(now: readonly Row[]) {
      rows = now;
      draw();
    },
  };
}

function powersOfTen(low: number, high: number): number[] {
  const first = Math.ceil(Math.log10(low));
  const count = Math.max(0, Math.floor(Math.log10(high)) - first + 1);
  return Array.from({ length: count }, (_, n) => 10 ** (first + n));
}
