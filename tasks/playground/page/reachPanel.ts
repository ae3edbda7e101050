/** Panel 5: the norm of dLoss/dstate by distance from the loss, beside that of an untrained tanh-RNN. */
import { eachFrame, svg, superscript, element } from './dom.js';

/** The distance that the sentence below the chart is about. */
const FAR = 20;
/** Float32 gradients below this are not drawn. */
const FLOOR = 1e-12;

export function createReachPanel() {
  const chart = document.querySelector<SVGSVGElement>('#reachChart')!;
  const said = element('reachNow', 'output');
  let norms: readonly number[] = [];
  let ghost: readonly number[] = [];
  let names = { cell: '', state: 'h' };
  let radius = 1;

  const draw = eachFrame(() => {
    const { clientWidth: width, clientHeight: height } = chart;
    // Relative to one step away, so that two networks can be compared.
    const curves = [ghost, norms].map((of) =>
      of.slice(1).map((norm) => Math.max(FLOOR, norm / (of[1] || 1))),
    );
    const powers = curves.flat().map(Math.log10);
    const most = Math.max(1, Math.ceil(Math.max(0, ...powers)));
    const least = Math.min(-2, Math.floor(Math.min(0, ...powers)));
    const [left, right, above, below] = [34, 4, 6, 16];
    const count = Math.max(2, norms.length - 1);
    const x = (distance: number) => left + ((width - left - right) * (distance - 1)) / (count - 1);
    const y = (power: number) => above + ((height - above - below) * (most - power)) / (most - least);
    const marks: SVGElement[] = [];
    const every = Math.max(1, Math.ceil((most - least) / 5));
    for (let power = 0; power <= most; power += every) marks.push(...tick(power));
    for (let power = -every; power >= least; power -= every) marks.push(...tick(power));
    function tick(power: number): SVGElement[] {
      return [
        svg('line', {
          class: power === 0 ? 'guess' : 'axis',
          x1: left,
          x2: width - right,
          y1: y(power),
          y2: y(power),
        }),
        svg(
          'text',
          { x: left - 6, y: y(power) + 4, 'text-anchor': 'end' },
          power === 0 ? '1' : `10${superscript(power)}`,
        ),
      ];
    }
    for (let distance = 10; distance <= count; distance += 10)
      marks.push(svg('text', { x: x(distance), y: height - 2, 'text-anchor': 'middle' }, String(distance)));
    marks.push(svg('text', { x: left, y: height - 2 }, 'steps back'));
    const [last, line] = curves.map((of, n) =>
      svg('polyline', {
        class: n ? 'line' : 'last',
        points: of.map((norm, d) => `${x(d + 1).toFixed(1)},${y(Math.log10(norm)).toFixed(1)}`).join(' '),
      }),
    );
    const label = svg(
      'text',
      { x: width - right, y: y(Math.log10(curves[0]!.at(-1) ?? 1)) - 6, 'text-anchor': 'end' },
      `untrained tanh-RNN, radius ${radius.toFixed(2)}`,
    );
    chart.replaceChildren(...marks, last!, line!, label);
  });
  new ResizeObserver(draw).observe(chart);

  return {
    draw,
    restart(cell: string, untrained: readonly number[], ghostRadius: number) {
      [names, ghost, radius] = [{ ...names, cell }, untrained, ghostRadius];
    },
    show(state: string, now: readonly number[], norm: number | null, clip: number | null) {
      names.state = state;
      norms = now;
      said.textContent = sentence(names.cell, state, now) + clipping(norm, clip);
      draw();
    },
  };
}

/** The curve in words. */
export function sentence(cell: string, state: string, norms: readonly number[]): string {
  const far = Math.min(FAR, norms.length - 1);
  const share = norms[far]! / norms[1]!;
  const at = `${cell}: ${far} steps back, dLoss/d${state} is ${factor(share)} what it is one step back`;
  if (share > 10) return `${at}. It explodes: clip it.`;
  if (share < 1e-4) return `${at}. It has vanished.`;
  if (share < 0.05) return `${at}. It fades.`;
  return `${at}. It arrives.`;
}

function factor(share: number): string {
  if (share >= 0.01 && share < 1000) return `${share.toPrecision(2)} times`;
  const power = Math.floor(Math.log10(share));
  return Number.isFinite(power)
    ? `${(share / 10 ** power).toFixed(1)}·10${superscript(power)} times`
    : '0 times';
}

function clipping(norm: number | null, clip: number | null): string {
  if (norm === null) return '';
  const all = ` All gradients: norm ${norm.toPrecision(2)}`;
  return clip === null ? `${all}.` : norm > clip ? `${all}, clipped to ${clip}.` : `${all}, below the clip.`;
}
