/** Panel 3: the unrolled graph with its real numbers, and one slider that runs forward through time and back again. */
import type { Look } from '../protocol.js';
import { eachFrame, element, sized, visible } from './dom.js';
import { drawGraph } from './drawGraph.js';
import { layOut, spotAt, timeAt, type Layout, type Spot } from './layout.js';

/** Milliseconds per step when it plays. */
const PLAY_MS = 130;

/** A number of the picture, by name. */
export interface Chosen {
  readonly look: Look;
  readonly name: string;
  readonly t: number;
  readonly unit: number;
  readonly value: number;
}

export interface GraphPanelOptions {
  /** Called with the number under the pointer or the keyboard's cursor; null: none. */
  choose(chosen: Chosen | null): void;
  /** Called when the pass moves to another step. */
  move(t: number): void;
}

export function createGraphPanel({ choose, move }: GraphPanelOptions) {
  const [canvas, slider] = [element('graphCanvas', 'canvas'), element('time', 'input')];
  const [box, play, direction, where] = ['graphBox', 'play', 'direction', 'where'].map((id) => element(id));
  let look: Look | null = null;
  let layout: Layout | null = null;
  let spot: Spot | null = null;
  let timer: ReturnType<typeof setInterval> | null = null;

  const position = () => Number(slider.value);
  const now = () => timeAt(position(), look!.steps);

  const draw = eachFrame(() => {
    if (!look) return;
    layout = layOut(look, box!.clientWidth, now().focus);
    const context = sized(canvas, layout.width, layout.height);
    drawGraph({ context, look, layout, position: position(), spot });
  });

  /** The number at the cursor: forward or, where the pass back has been, its gradient. */
  function tell(): void {
    if (!look || !layout || !spot) return choose(null);
    const { isBackward, focus } = now();
    const row = layout.rows[spot.row]!;
    const name = isBackward && spot.t >= focus ? row.backward : row.forward;
    if (name === null || spot.t >= position()) return choose(null);
    choose({
      look,
      name,
      t: spot.t,
      unit: spot.unit,
      value: look.numbers[name]![spot.t * look.units + spot.unit]!,
    });
  }

  function describe(): void {
    if (!look) return;
    const { isBackward, focus } = now();
    const count = isBackward ? 2 * look.steps - position() : position();
    direction!.textContent = isBackward ? '◀ backward' : 'forward ▶';
    const character = visible(look.characters[focus]!);
    where!.textContent =
      position() === 0
        ? 'before the first step'
        : `step ${Math.max(1, isBackward ? focus + 1 : count)} of ${look.steps}, “${character}”`;
    slider.setAttribute('aria-valuetext', `${isBackward ? 'backward' : 'forward'}, ${where!.textContent}`);
  }

  function set(to: number): void {
    if (!look) return;
    slider.value = String(Math.max(0, Math.min(2 * look.steps, to)));
    describe();
    move(now().focus);
    tell();
    draw();
    keepInView();
  }

  /** On a narrow screen the picture is wider than its box. */
  function keepInView(): void {
    if (!look) return;
    const { columns } = layOut(look, box!.clientWidth, now().focus);
    const { x, width } = columns[now().focus]!;
    const from = box!.scrollLeft;
    if (x < from + 30) box!.scrollLeft = x - 34;
    else if (x + width > from + box!.clientWidth) box!.scrollLeft = x + width - box!.clientWidth + 8;
  }

  function stop(): void {
    if (timer !== null) clearInterval(timer);
    timer = null;
    play!.textContent = '▶';
    play!.setAttribute('aria-label', 'Play forward and backward');
  }

  function start(): void {
    if (!look) return;
    if (position() >= 2 * look.steps) set(0);
    play!.textContent = '❚❚';
    play!.setAttribute('aria-label', 'Stop playing');
    timer = setInterval(() => {
      set(position() + 1);
      if (position() >= 2 * look!.steps) stop();
    }, PLAY_MS);
  }

  play!.addEventListener('click', () => (timer === null ? start() : stop()));
  slider.addEventListener('input', () => {
    stop();
    set(position());
  });
  slider.addEventListener('keydown', (event) => {
    if (event.key !== ' ') return;
    event.preventDefault();
    play!.click();
  });
  canvas.addEventListener('pointermove', ({ offsetX, offsetY }) => {
    if (!look || !layout) return;
    const under = spotAt(layout, look.units, offsetX, offsetY);
    if (!under) return;
    spot = under;
    tell();
    draw();
  });
  canvas.addEventListener('click', ({ offsetX, offsetY }) => {
    const under = look && layout && spotAt(layout, look.units, offsetX, offsetY);
    if (under && timer === null) goTo(under.t);
  });
  canvas.addEventListener('keydown', (event) => {
    if (!look || !layout) return;
    const { row, t, unit } = spot ?? { row: 0, t: now().focus, unit: 0 };
    const moves: Record<string, Spot> = {
      ArrowLeft: unit > 0 ? { row, t, unit: unit - 1 } : { row, t: t - 1, unit: look.units - 1 },
      ArrowRight: unit < look.units - 1 ? { row, t, unit: unit + 1 } : { row, t: t + 1, unit: 0 },
      ArrowUp: { row: row - 1, t, unit },
      ArrowDown: { row: row + 1, t, unit },
      PageUp: { row, t: t - 1, unit },
      PageDown: { row, t: t + 1, unit },
    };
    const next = moves[event.key];
    if (!next) return;
    event.preventDefault();
    if (next.t < 0 || next.t >= look.steps || next.row < 0 || next.row >= layout.rows.length) return;
    spot = next;
    if (next.t !== now().focus) goTo(next.t);
    tell();
    draw();
  });
  new ResizeObserver(draw).observe(box!);

  /** Moves the pass to a step, in the direction in which it is going. */
  function goTo(t: number): void {
    if (look) set(now().isBackward ? 2 * look.steps - t : t + 1);
  }

  return {
    draw,
    goTo,
    show(next: Look) {
      const isNew = look?.steps !== next.steps;
      if (look && (look.cell !== next.cell || look.units !== next.units)) spot = null;
      look = next;
      if (isNew) {
        stop();
        slider.max = String(2 * next.steps);
        slider.value = String(next.steps);
        move(now().focus);
      }
      describe();
      tell();
      draw();
    },
    /** For the tour: a position of the slider, as a share of the way forward and back. */
    setShare(share: number) {
      if (look) set(Math.round(2 * look.steps * share));
    },
  };
}
