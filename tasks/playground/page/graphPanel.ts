/**
 * Panel 3: the unrolled graph with its real numbers, and one slider that runs forward through time and back
 * again.
 */
import type { Look } from '../protocol.js';
import { visible } from '../words.js';
import { eachFrame, element, sized, sizeOf, type Size } from './dom.js';
import { drawGraph } from './drawGraph.js';
import { layOut, nextSpot, spotAt, timeAt, type Layout, type Spot } from './layout.js';

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
  readonly choose: (chosen: Chosen | null) => void;
  /** Called when the pass moves to another step. */
  readonly move: (t: number) => void;
}

export class GraphPanel {
  readonly #canvas = element('graphCanvas', 'canvas');
  readonly #slider = element('time', 'input');
  readonly #box = element('graphBox');
  readonly #play = element('play');
  readonly #direction = element('direction');
  readonly #where = element('where');
  readonly #options: GraphPanelOptions;
  readonly #size: Size;
  #look: Look | null = null;
  #layout: Layout | null = null;
  #spot: Spot | null = null;
  /** Whether the pass has moved since the last drawing. */
  #follow = false;
  #timer: ReturnType<typeof setInterval> | null = null;

  constructor(options: GraphPanelOptions) {
    this.#options = options;
    this.#play.addEventListener('click', () => (this.#timer === null ? this.#start() : this.#stop()));
    this.#slider.addEventListener('input', () => {
      this.#stop();
      this.#set(this.#position);
    });
    this.#slider.addEventListener('keydown', (event) => {
      if (event.key !== ' ') return;
      event.preventDefault();
      this.#play.click();
    });
    this.#canvas.addEventListener('pointermove', (event) => this.#point(event));
    this.#canvas.addEventListener('click', (event) => {
      const under = this.#point(event);
      if (under && this.#timer === null) this.goTo(under.t);
    });
    this.#canvas.addEventListener('keydown', (event) => this.#press(event));
    this.#box.addEventListener('scroll', this.draw);
    this.#size = sizeOf(this.#box, this.draw);
  }

  readonly draw = eachFrame(() => {
    const look = this.#look;
    if (!look) return;
    const layout = this.#layOut();
    const context = sized(this.#canvas, layout.width, layout.height);
    const scrolled = this.#box.scrollLeft;
    drawGraph({ context, look, layout, position: this.#position, spot: this.#spot, scrolled });
    // Only now is the canvas as wide as the picture.
    if (this.#follow) this.#keepInView();
    this.#follow = false;
  });

  get #position(): number {
    return Number(this.#slider.value);
  }

  get #time() {
    return timeAt(this.#position, this.#look!.steps);
  }

  #layOut(): Layout {
    return (this.#layout = layOut(this.#look!, this.#size.width, this.#time.focus));
  }

  /** Says which number is at the cursor: forward or, where the pass back has been, its gradient. */
  #tell(): void {
    const [look, spot] = [this.#look, this.#spot];
    if (!look || !spot) return this.#options.choose(null);
    const { isBackward, focus } = this.#time;
    const { t, unit } = spot;
    const row = this.#layOut().rows[spot.row]!;
    const name = isBackward && t >= focus ? row.backward : row.forward;
    if (name === null || t >= this.#position) return this.#options.choose(null);
    const value = look.numbers[name]![t * look.units + unit]!;
    this.#options.choose({ look, name, t, unit, value });
  }

  #describe(): void {
    const { isBackward, focus } = this.#time;
    const { steps, characters } = this.#look!;
    this.#direction.textContent = isBackward ? '◀ backward' : 'forward ▶';
    const place = `step ${focus + 1} of ${steps}, “${visible(characters[focus]!)}”`;
    this.#where.textContent = this.#position === 0 ? 'before the first step' : place;
    const text = `${isBackward ? 'backward' : 'forward'}, ${this.#where.textContent}`;
    this.#slider.setAttribute('aria-valuetext', text);
  }

  /** Moves the pass. */
  #set(position: number): void {
    if (!this.#look) return;
    this.#slider.value = String(Math.max(0, Math.min(2 * this.#look.steps, position)));
    this.#describe();
    const { focus } = this.#time;
    // The chosen number goes along.
    if (this.#spot) this.#spot = { ...this.#spot, t: focus };
    this.#options.move(focus);
    this.#tell();
    this.#follow = true;
    this.draw();
  }

  /** On a narrow screen the picture is wider than its box. */
  #keepInView(): void {
    const { x, width } = this.#layOut().columns[this.#time.focus]!;
    const clientWidth = this.#size.width;
    if (this.#layout!.width <= clientWidth) return;
    const { scrollLeft } = this.#box;
    const { left } = this.#layout!;
    if (x < scrollLeft + left) this.#box.scrollLeft = x - left - 4;
    else if (x + width > scrollLeft + clientWidth) this.#box.scrollLeft = x + width - clientWidth + 8;
  }

  #stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    this.#play.textContent = '▶';
    this.#play.setAttribute('aria-label', 'Play forward and backward');
  }

  #start(): void {
    if (!this.#look) return;
    const end = 2 * this.#look.steps;
    if (this.#position >= end) this.#set(0);
    this.#play.textContent = '❚❚';
    this.#play.setAttribute('aria-label', 'Stop playing');
    this.#timer = setInterval(() => {
      this.#set(this.#position + 1);
      if (this.#position >= end) this.#stop();
    }, PLAY_MS);
  }

  #point({ offsetX, offsetY }: MouseEvent): Spot | null {
    const under = this.#look && this.#layout && spotAt(this.#layout, this.#look.units, offsetX, offsetY);
    if (!under) return null;
    this.#spot = under;
    this.#tell();
    this.draw();
    return under;
  }

  #press(event: KeyboardEvent): void {
    if (!this.#look || !this.#layout) return;
    const from = this.#spot ?? { row: 0, t: this.#time.focus, unit: 0 };
    const next = nextSpot(from, event.key, this.#look, this.#layout.rows.length);
    if (!next) return;
    event.preventDefault();
    this.#spot = next;
    if (next.t !== this.#time.focus) this.goTo(next.t);
    this.#tell();
    this.draw();
    const [name, value] = ['inspectorName', 'inspectorValue'].map((id) => element(id).textContent);
    element('spoken').textContent = `${name}: ${value}`;
  }

  /** Moves the pass to a step, in the direction in which it is going. */
  goTo(t: number): void {
    if (this.#look) this.#set(this.#time.isBackward ? 2 * this.#look.steps - t : t + 1);
  }

  show(next: Look): void {
    const { cell, units, steps } = next;
    const last = this.#look;
    const isNew = last?.steps !== steps || last.cell !== cell || last.units !== units;
    this.#look = next;
    if (isNew) {
      this.#stop();
      this.#spot = { row: 0, t: steps - 1, unit: 0 };
      this.#slider.max = String(2 * steps);
      return this.#set(steps);
    }
    this.#describe();
    this.#tell();
    this.draw();
  }

  /** Moves the slider to a share of the way forward and back. */
  setShare(share: number): void {
    if (this.#look) this.#set(Math.round(2 * this.#look.steps * share));
  }
}
