/** Panel 1: the loss by batch, the run before this one as a ghost, and the line of guessing. */
import type { Point } from '../protocol.js';
import { addPoint, newCurve, type Curve } from './curve.js';
import { eachFrame, element, sizeOf, svg } from './dom.js';

export function createLossPanel() {
  const chart = document.querySelector<SVGSVGElement>('#lossChart')!;
  const now = element('lossNow', 'output');
  let [curve, ghost] = [newCurve(), newCurve()];
  let guessing = 5.5;
  let recent = NaN;

  const draw = eachFrame(() => {
    const { width, height } = size;
    const last = Math.max(50, curve.points.at(-1)?.[0] ?? 0, ghost.points.at(-1)?.[0] ?? 0);
    const top = Math.max(guessing * 1.08, Math.min(3 * guessing, recent || 0));
    const [left, right, above, below] = [18, 4, 4, 16];
    const x = (step: number) => left + ((width - left - right) * step) / last;
    const y = (bits: number) => above + (height - above - below) * (1 - Math.min(bits, top) / top);
    const line = ({ points }: Curve, name: string) =>
      svg('polyline', {
        class: name,
        points: points.map(([step, bits]) => `${x(step).toFixed(1)},${y(bits).toFixed(1)}`).join(' '),
      });
    const marks: SVGElement[] = [];
    for (let bits = 0; bits <= top; bits += top > 8 ? 5 : 2) {
      marks.push(svg('line', { class: 'axis', x1: left, x2: width - right, y1: y(bits), y2: y(bits) }));
      marks.push(svg('text', { x: left - 6, y: y(bits) + 4, 'text-anchor': 'end' }, String(bits)));
    }
    chart.replaceChildren(
      ...marks,
      svg(
        'text',
        { x: width - right, y: height - 2, 'text-anchor': 'end' },
        `${last.toLocaleString('en')} batches`,
      ),
      svg('line', { class: 'guess', x1: left, x2: width - right, y1: y(guessing), y2: y(guessing) }),
      line(ghost, 'last'),
      line(curve, 'line'),
    );
    now.textContent = Number.isNaN(recent) ? '–' : recent.toFixed(2);
  });
  const size = sizeOf(chart, draw);

  return {
    draw,
    /** A new run begins; the one before it stays as a ghost. */
    restart(characters: number, losses: readonly Point[]) {
      if (curve.points.length > 1) ghost = curve;
      curve = newCurve();
      guessing = Math.log2(characters);
      recent = NaN;
      for (const point of losses) addPoint(curve, point);
      draw();
    },
    add(losses: readonly Point[]) {
      for (const point of losses) addPoint(curve, point);
      // Batches differ: the figure is a running mean.
      for (const [, bits] of losses) recent = Number.isNaN(recent) ? bits : recent + (bits - recent) / 10;
      draw();
    },
    loss: () => recent,
  };
}
