/** Panel 4: gates and states over the characters of the window. */
import type { Look } from '../protocol.js';
import { visible } from '../words.js';
import { eachFrame, element, sized, sizeOf, type Size } from './dom.js';
import { BELOW, drawGates, LEFT, rowHeight } from './drawGates.js';

/** Numbers with a sign: their mean over all units says little, that of their sizes does. */
const SIGNED = ['h', 'c', 'g', 'n'];

const NO_GATES = 'A tanh-RNN has no gates: every character overwrites its state.';

export class GatesPanel {
  readonly #canvas = element('gatesCanvas', 'canvas');
  readonly #select = element('unit', 'select');
  readonly #said = element('gatesNow', 'output');
  readonly #size: Size;
  readonly #go: (t: number) => void;
  #look: Look | null = null;
  #at = 0;

  /** @param go called with the step that was chosen */
  constructor(go: (t: number) => void) {
    this.#go = go;
    this.#canvas.addEventListener('click', ({ offsetX }) => {
      if (!this.#look) return;
      this.#choose(Math.floor(((offsetX - LEFT) / (this.#canvas.clientWidth - LEFT)) * this.#look.steps));
    });
    this.#canvas.addEventListener('keydown', (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      this.#choose(this.#at + step);
    });
    this.#select.addEventListener('change', this.draw);
    this.#size = sizeOf(this.#canvas.parentElement!, this.draw);
  }

  readonly draw = eachFrame(() => {
    if (!this.#look) return;
    const { forward, characters, steps } = this.#look;
    const rows = forward.map((name) => ({
      name: this.#isMean && SIGNED.includes(name) ? `|${name}|` : name,
      numbers: Array.from({ length: steps }, (_, t) => this.#numberAt(name, t)),
    }));
    const { width } = this.#size;
    const context = sized(this.#canvas, width, rowHeight(rows.length) * rows.length + BELOW);
    drawGates(context, { width, characters, rows, at: this.#at });
    const parts = rows.map(({ name, numbers }) => `${name} ${numbers[this.#at]!.toFixed(2)}`).join(' · ');
    this.#said.textContent = `step ${this.#at + 1}, “${visible(characters[this.#at]!)}”: ${parts}`;
  });

  get #isMean(): boolean {
    return this.#select.value === 'mean';
  }

  /** Of one unit, or the mean of all. */
  #numberAt(name: string, t: number): number {
    const { numbers, units } = this.#look!;
    const of = numbers[name]!.subarray(t * units, (t + 1) * units);
    if (!this.#isMean) return of[Number(this.#select.value)]!;
    return of.reduce((sum, one) => sum + (SIGNED.includes(name) ? Math.abs(one) : one), 0) / units;
  }

  #choose(t: number): void {
    if (!this.#look) return;
    this.#at = Math.max(0, Math.min(this.#look.steps - 1, t));
    this.#go(this.#at);
    this.draw();
  }

  /** Another network is looked at. */
  #begin({ units, cell }: Look): void {
    const hint = cell === 'rnn' ? NO_GATES : 'Which characters open a gate, and which close it?';
    element('gatesHint').textContent = hint;
    const names = ['mean of all units', ...Array.from({ length: units }, (_, n) => `unit ${n}`)];
    this.#select.replaceChildren(...names.map((name, n) => new Option(name, n ? String(n - 1) : 'mean')));
  }

  show(look: Look): void {
    if (this.#look?.units !== look.units || this.#look.cell !== look.cell) this.#begin(look);
    this.#look = look;
    this.#at = Math.min(this.#at, look.steps - 1);
    this.draw();
  }

  /** Another panel has moved to this step. */
  move(t: number): void {
    if (!this.#look) return;
    this.#at = Math.max(0, Math.min(this.#look.steps - 1, t));
    this.draw();
  }
}
