/** Panel 5: the norm of dLoss/dstate by distance from the loss, beside that of an untrained tanh-RNN. */
import { superscript } from '../words.js';
import { eachFrame, element, sizeOf, svg } from './dom.js';
import { ASCENT, DESCENT, freeLine } from './freeLine.js';
import { clipping, sentence } from './reachWords.js';

/** Shares below this are not told apart from 0. */
const FLOOR = 1e-12;
const [LEFT, RIGHT, ABOVE, BELOW] = [34, 4, 8, 16];
/** A letter of a label is at most so wide. */
const LETTER = 6.5;

/** Norms relative to that one step away, so that two networks can be compared; from distance 1 on. */
const relative = (norms: readonly number[]) =>
  norms.slice(1).map((norm) => Math.max(FLOOR, norm / (norms[1] || 1)));

/** The chart: a solid line, a dashed one with a label, and powers of 10. */
function picture(
  width: number,
  height: number,
  norms: readonly number[],
  ghost: readonly number[],
  label: string,
) {
  const curves = [relative(ghost), relative(norms)];
  const powers = curves.flat().map(Math.log10);
  const most = Math.max(1, Math.ceil(Math.max(0, ...powers)));
  const least = Math.min(-2, Math.floor(Math.min(0, ...powers)));
  const count = Math.max(2, norms.length - 1);
  const x = (distance: number) => LEFT + ((width - LEFT - RIGHT) * (distance - 1)) / (count - 1);
  const y = (power: number) => ABOVE + ((height - ABOVE - BELOW) * (most - power)) / (most - least);
  const marks: SVGElement[] = [];
  const every = Math.max(1, Math.ceil((most - least) / 4));
  for (let power = every * Math.floor(most / every); power >= least; power -= every) {
    const name = power === 0 ? '1' : `10${superscript(power)}`;
    const line = {
      class: power === 0 ? 'guess' : 'axis',
      x1: LEFT,
      x2: width - RIGHT,
      y1: y(power),
      y2: y(power),
    };
    marks.push(svg('line', line), svg('text', { x: LEFT - 6, y: y(power) + 4, 'text-anchor': 'end' }, name));
  }
  for (let distance = 10; distance <= count; distance += 10) {
    // Beside the axis' name.
    if (x(distance) < LEFT + 76) continue;
    marks.push(svg('text', { x: x(distance), y: height - 2, 'text-anchor': 'middle' }, String(distance)));
  }
  marks.push(svg('text', { x: LEFT, y: height - 2 }, 'steps back'));
  const lines = curves.map((curve, n) => {
    const points = curve
      .map((norm, d) => `${x(d + 1).toFixed(1)},${y(Math.log10(norm)).toFixed(1)}`)
      .join(' ');
    return svg('polyline', { class: n ? 'line' : 'last', points });
  });
  const heights = curves.map((curve) => curve.map((norm) => y(Math.log10(norm))));
  const first = Math.max(
    0,
    curves[0]!.findIndex((_, d) => x(d + 1) >= width - RIGHT - LETTER * label.length) - 1,
  );
  const place = freeLine(
    heights.map((all) => all.slice(first)),
    [ABOVE + ASCENT, height - BELOW - DESCENT],
  );
  const text = svg('text', { x: width - RIGHT, y: place, 'text-anchor': 'end' }, label);
  return [...marks, ...lines, text];
}

export function createReachPanel() {
  const chart = document.querySelector<SVGSVGElement>('#reachChart')!;
  const said = element('reachNow', 'output');
  let [norms, ghost]: (readonly number[])[] = [[], []];
  let label = '';

  const draw = eachFrame(() => {
    const { width, height } = size;
    if (norms!.length > 2) chart.replaceChildren(...picture(width, height, norms!, ghost!, label));
  });
  const size = sizeOf(chart, draw);

  return {
    draw,
    restart(untrained: readonly number[], radius: number) {
      ghost = untrained;
      label = `untrained tanh-RNN, radius ${radius.toFixed(2)}`;
    },
    show(state: string, now: readonly number[], norm: number | null, clip: number | null) {
      norms = now;
      said.textContent = sentence(state, now);
      element('clipNow').textContent = clipping(norm, clip);
      draw();
    },
  };
}
