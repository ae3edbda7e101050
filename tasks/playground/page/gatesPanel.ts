/** Panel 4: gates and states over the characters of the window: a heat map in which each number can be read. */
import type { Look } from '../protocol.js';
import { eachFrame, element, FONT, MONO, sized, themeColors, visible } from './dom.js';

const ROW = 24;
const LEFT = 22;
const BELOW = 22;
/** Cells at least this wide show their number. */
const WIDE = 25;

/** @param go called with the step that was chosen */
export function createGatesPanel(go: (t: number) => void) {
  const canvas = element('gatesCanvas', 'canvas');
  const select = element('unit', 'select');
  const said = element('gatesNow', 'output');
  let look: Look | null = null;
  let at = 0;

  /** The number of a row: of one unit, or the mean of all; of c and h, whose signs differ, the mean size. */
  function numberAt(name: string, t: number): number {
    const { numbers, units } = look!;
    const of = numbers[name]!;
    if (select.value !== 'mean') return of[t * units + Number(select.value)]!;
    let sum = 0;
    for (let n = t * units; n < (t + 1) * units; n++) sum += isSigned(name) ? Math.abs(of[n]!) : of[n]!;
    return sum / units;
  }
  const isSigned = (name: string) => ['h', 'c', 'g', 'n'].includes(name);
  const rowName = (name: string) => (isSigned(name) && select.value === 'mean' ? `|${name}|` : name);

  const draw = eachFrame(() => {
    if (!look) return;
    const { forward, steps, characters } = look;
    const width = canvas.parentElement!.clientWidth - 26;
    const context = sized(canvas, width, ROW * forward.length + BELOW);
    const { ink, soft, plus, minus, accent, card } = themeColors();
    const w = (width - LEFT) / steps;
    context.textBaseline = 'middle';
    forward.forEach((name, r) => {
      context.font = FONT;
      context.textAlign = 'right';
      context.fillStyle = soft;
      context.fillText(rowName(name), LEFT - 5, (r + 0.5) * ROW);
      context.textAlign = 'center';
      for (let t = 0; t < steps; t++) {
        const value = numberAt(name, t);
        const strength = Math.min(1, Math.abs(value));
        context.globalAlpha = 0.06 + 0.86 * strength;
        context.fillStyle = value < 0 ? minus : plus;
        context.fillRect(LEFT + t * w, r * ROW, w - 1, ROW - 1);
        context.globalAlpha = 1;
        if (w < WIDE) continue;
        context.fillStyle = strength > 0.55 ? card : ink;
        context.fillText(short(value), LEFT + (t + 0.5) * w - 0.5, (r + 0.5) * ROW);
      }
    });
    context.font = MONO;
    for (let t = 0; t < steps; t++) {
      context.fillStyle = t === at ? ink : soft;
      context.fillText(visible(characters[t]!), LEFT + (t + 0.5) * w, ROW * forward.length + BELOW / 2);
    }
    context.strokeStyle = accent;
    context.lineWidth = 2;
    context.strokeRect(LEFT + at * w, 1, w - 1, ROW * forward.length + BELOW - 2);
    tell();
  });

  function tell(): void {
    if (!look) return;
    const { forward, characters } = look;
    const parts = forward.map((name) => `${rowName(name)} ${numberAt(name, at).toFixed(2)}`).join(' · ');
    said.textContent = `step ${at + 1}, “${visible(characters[at]!)}”: ${parts}`;
  }

  function choose(t: number): void {
    if (!look) return;
    at = Math.max(0, Math.min(look.steps - 1, t));
    go(at);
    draw();
  }

  canvas.addEventListener('click', ({ offsetX }) => {
    if (look) choose(Math.floor(((offsetX - LEFT) / (canvas.clientWidth - LEFT)) * look.steps));
  });
  canvas.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    choose(at + step);
  });
  select.addEventListener('change', draw);
  new ResizeObserver(draw).observe(canvas.parentElement!);

  return {
    draw,
    restart(units: number) {
      const names = ['mean of all units', ...Array.from({ length: units }, (_, n) => `unit ${n}`)];
      select.replaceChildren(...names.map((name, n) => new Option(name, n ? String(n - 1) : 'mean')));
    },
    show(next: Look) {
      look = next;
      at = Math.min(at, look.steps - 1);
      draw();
    },
    /** Another panel has moved to this step. */
    move(t: number) {
      if (!look || t === at) return;
      at = Math.max(0, Math.min(look.steps - 1, t));
      draw();
    },
  };
}

/** `.73` */
const short = (value: number) =>
  value
    .toFixed(2)
    .replace('0.', '.')
    .replace('-', '−')
    .replace(/^1\.00$/, '1.0');
